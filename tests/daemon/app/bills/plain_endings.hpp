#pragma once

#include "plain_bills.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::app {

/// What has become of a bill by what was corrected.
struct plain_ending {
  std::map<std::string, std::optional<amount>> charged;  ///< by licence, in the end
  std::vector<std::string> corrections;                  ///< that the bill shows
};
[[nodiscard]] std::vector<std::string> to_texts(const plain_ending& of);
/// A correction as an ending has it.
[[nodiscard]] std::string to_text(const plain_correction& one, const std::optional<amount>& was);

using plain_sheets = std::map<std::string, std::vector<plain_line>>;

/// One correction after the other, each upon what the tenant and those in whose sums it is were charged until then.
[[nodiscard]] std::map<std::string, plain_ending> endings_of(const plain_bills& bills, const plain_sheets& sheets);

}  // namespace licaudit::app
