#include "app/cli/cli.h"

int main(int argc, char** argv) {
  return hashimichi::app::cli::run({argv + 1, argv + argc});
}
