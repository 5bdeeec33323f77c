#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// The words for a key in the person's language. The pointer stays valid for the whole run.
const char* say(const ViewModel& view, std::string_view key);
/// The same with its {} filled in, in order.
std::string say(const ViewModel& view, std::string_view key, std::initializer_list<std::string> values);

/// "1,512", "12.3": thousands separated, as many decimals as asked.
std::string number(double value, int decimals = 0);
std::string number(std::size_t value);
/// "3 h", 「3 時間」, "2 days" of an age in hours.
std::string age(const ViewModel& view, double hours);

}  // namespace hashimichi::app
