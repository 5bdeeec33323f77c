// Points as text and PLY: the head line, the guess of columns, rows of any length and any bytes.
#include "geo/points/build_octree.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  static const fuzz::FuzzFolder folder;
  const std::string_view content = fuzz::textOf(data, size);
  const std::filesystem::path file = folder.write(content.starts_with("ply") ? "any.ply" : "any.xyz", content);
  points::IndexJob job;
  job.files = {file}, job.out = file.parent_path() / "octree", job.threads = 1;
  Problems problems;
  SilentProgress quiet;
  (void)points::buildOctree(job, problems, quiet);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {
      "1 2 3\n4 5 6\n", "x,y,z,r,g,b\n1.5,2.25,3,255,0,0\n", "2\n1 2 3 -2048 9 8 7\n4 5 6 2047 1 2 3\n",
      "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n1 2 "
      "3\n",
      "ply\nformat binary_big_endian 1.0\nelement vertex 1\nproperty double x\nproperty double y\nproperty float z\n"
      "end_header\n01234567012345670123"};
}
