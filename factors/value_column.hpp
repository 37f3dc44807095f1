#pragma once

#include "factors/value_test.hpp"
#include "model/subject.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A verdict on one value of a field, as it is remembered. `given_up` is a failure that cost time.
enum class answer : std::uint8_t { unknown, no, yes, too_long, given_up };

/// The value of a field as one text: a single text as it is, a list with the lengths of its texts, nothing as "".
[[nodiscard]] std::string value_text(const field_value& value);

/// Whether any text of the value passes; where none does and one could not be tested, that.
[[nodiscard]] answer ask(const value_test& test, std::string_view value);

/// The distinct values of one field of all subjects, each with a number that stays while somebody uses it. A value
/// costs its bytes and about 25 more, a subject 4.
class value_column {
 public:
  value_column();

  /// Its number; to be given back once for each time.
  [[nodiscard]] std::uint32_t take(std::string_view value);
  /// True if nobody uses it any more: its number may be given to another value.
  bool give_back(std::uint32_t number);

  /// Numbers are below it.
  [[nodiscard]] std::size_t size() const { return storage_->entries.size(); }
  /// Until the next `take` or `give_back`.
  [[nodiscard]] std::string_view value(std::uint32_t number) const;

 private:
  struct entry {
    std::uint64_t at;
    std::uint32_t size;
    std::uint32_t users;
  };
  /// Shared by the hash and the comparison of the index, which know values by number.
  struct storage {
    std::string bytes;
    std::vector<entry> entries;
    [[nodiscard]] std::string_view value(std::uint32_t number) const;
  };
  struct hash {
    using is_transparent = void;
    const storage* in;
    std::size_t operator()(std::string_view value) const { return std::hash<std::string_view>()(value); }
    std::size_t operator()(std::uint32_t number) const { return (*this)(in->value(number)); }
  };
  struct equal {
    using is_transparent = void;
    const storage* in;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::string_view a, std::uint32_t b) const { return a == in->value(b); }
    bool operator()(std::uint32_t a, std::string_view b) const { return b == in->value(a); }
  };

  void compact();

  std::unique_ptr<storage> storage_;
  boost::unordered_flat_set<std::uint32_t, hash, equal> index_;
  std::vector<std::uint32_t> free_;
  std::size_t wasted_ = 0;  ///< bytes of values that nobody uses
};

}  // namespace licaudit::factors
