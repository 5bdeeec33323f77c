#pragma once
#include <filesystem>

#include "geo/routing/arc_routing.h"

namespace hashimichi::routing {

/// An instance in the text form of CARPLIB (Belenguer and Benavent; gdb, kshs, val, egl): keys with a colon (NOMBRE,
/// VERTICES, ARISTAS_REQ, VEHICULOS, CAPACIDAD, DEPOSITO …), then lists of edges `( i, j)  coste c demanda q`. Nodes
/// count from 1 there and from 0 here. Every edge is driven and served both ways. not_found, unreadable, limit (more
/// than 2,000 nodes or 20,000 edges), bad_input with the line.
Result<ArcRoutingProblem> readCarpFile(const std::filesystem::path& path);
/// The same from text; `where` names it in errors.
Result<ArcRoutingProblem> readCarpText(std::string_view text, const std::string& where);

}  // namespace hashimichi::routing
