#pragma once

namespace hashimichi {

/// "0.1.0", as the build rules state it; printed on what leaves the house.
const char* programVersion();

}  // namespace hashimichi
