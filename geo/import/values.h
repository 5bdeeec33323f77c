#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace hashimichi::import {

/// What cells of Japanese and English tables mean. Nothing when the text is blank or says something else; callers
/// report the difference where it matters.

/// 有, あり, ○, 該当, 1, yes, true … / 無, なし, ×, 非該当, 0, no, false …
std::optional<bool> yesNoFrom(std::string_view utf8);

/// Class of an emergency transport route: 1 (1, １次, 第一次緊急輸送道路 …), 2, 3; 0 = known not to be one (0, なし).
std::optional<int> emergencyRouteFrom(std::string_view utf8);

/// Degrees as decimals ("37.4463"), as 37°26'46.7", 37度26分46.7秒 or N37-26-46.7; negative for S and W.
std::optional<double> degreesFrom(std::string_view utf8);

/// A year between 1868 and 2200 from any Japanese or Western date.
std::optional<int> yearFrom(std::string_view utf8);

/// A length, count or ratio that cannot be negative; table sentinels (9999 and above in lengths, negative) are nothing.
std::optional<double> amountFrom(std::string_view utf8, double factor = 1);

/// A cell that says "no value": blank, -, --, ―, 欠測, ×, ///, NA, null.
bool isBlankCell(std::string_view utf8);

}  // namespace hashimichi::import
