// Arc-routing instances as text.
#include "geo/routing/carp_file.h"
#include "geo/routing/lower_bound.h"
#include "tests/fuzz/fuzz_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hashimichi;
  const Result<routing::ArcRoutingProblem> problem = routing::readCarpText(fuzz::textOf(data, size), "fuzz");
  constexpr std::size_t few = 30;  // the bound of more is a matter of time, not of reading
  if (problem && problem->tasks.size() <= few && problem->nodes <= static_cast<int>(few))
    (void)routing::lowerBound(*problem);
  return 0;
}

std::vector<std::string> hashimichi::fuzz::madeSeeds() {
  return {
      " NOMBRE : two\n VERTICES : 3\n ARISTAS_REQ : 2\n ARISTAS_NOREQ : 1\n VEHICULOS : 2\n CAPACIDAD : 5\n"
      " LISTA_ARISTAS_REQ :\n ( 1, 2)  coste 3 demanda 2\n ( 2, 3)  coste 4 demanda 5\n"
      " LISTA_ARISTAS_NOREQ :\n ( 1, 3)  coste 1\n DEPOSITO :   1\n"};
}
