#pragma once

#include "model/json.hpp"
#include "model/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace licaudit::factors {

/// `failed`: the question could not be answered for this value (too long, or the match was given up); counts as no.
enum class verdict : std::uint8_t { no, yes, failed };

/// A pure question about one text: the same answer for the same text for ever, so that answers may be remembered. Safe
/// to call from any thread.
class value_test {
 public:
  virtual ~value_test() = default;
  [[nodiscard]] virtual verdict test(std::string_view text) const = 0;
};

/// Makes a test of an option set; the failure says what is wrong with the options.
using value_test_factory = std::function<result<std::shared_ptr<const value_test>>(const json::object& options)>;

/// By plugin name. `regex` is built in and need not be here.
using value_test_kinds = std::map<std::string, value_test_factory, std::less<>>;

}  // namespace licaudit::factors
