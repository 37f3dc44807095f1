#include "factors/pattern.hpp"

#include "factors/plain_pattern.hpp"

#include <boost/regex.hpp>
#include <locale>
#include <stdexcept>
#include <string>

namespace licaudit::factors {
namespace {

namespace rc = boost::regex_constants;

class plain_test : public value_test {
 public:
  explicit plain_test(plain_pattern pattern) : pattern_(std::move(pattern)) {}

  verdict test(std::string_view text) const override {
    if (text.size() > longest_text) return verdict::failed;
    return pattern_.matches(text) ? verdict::yes : verdict::no;
  }

 private:
  plain_pattern pattern_;
};

class engine_test : public value_test {
 public:
  explicit engine_test(std::string_view regex) {
    regex_.imbue(std::locale::classic());
    regex_.assign(regex.begin(), regex.end(), boost::regex::perl | boost::regex::no_mod_m | boost::regex::no_mod_s);
  }

  verdict test(std::string_view text) const override {
    if (text.size() > longest_text) return verdict::failed;
    try {
      return boost::regex_search(text.begin(), text.end(), regex_) ? verdict::yes : verdict::no;
    } catch (const std::runtime_error&) {  // too complex for this text, or out of Boost's own stack
      return verdict::failed;
    }
  }

 private:
  boost::regex regex_;
};

std::string_view explanation(rc::error_type code) {
  switch (code) {
    case rc::error_collate:
      return "unknown collating element";
    case rc::error_ctype:
      return "unknown character class name or reversed range";
    case rc::error_escape:
      return "invalid or unfinished escape";
    case rc::error_backref:
      return "reference to a group that does not exist";
    case rc::error_brack:
      return "unmatched [";
    case rc::error_paren:
      return "unmatched ( or )";
    case rc::error_brace:
      return "unmatched {";
    case rc::error_badbrace:
      return "invalid repeat count";
    case rc::error_range:
      return "invalid character range";
    case rc::error_badrepeat:
      return "nothing to repeat";
    case rc::error_empty:
      return "empty expression";
    case rc::error_perl_extension:
      return "invalid (?...) sequence";
    case rc::error_bad_pattern:
      return "invalid lookbehind or option";
    case rc::error_size:
    case rc::error_space:
    case rc::error_stack:
    case rc::error_complexity:
      return "too large or too complex";
    default:
      return "invalid regex";
  }
}

}  // namespace

bool needs_engine(std::string_view regex) {
  return !plain_pattern::recognise(regex);
}

result<std::shared_ptr<const value_test>> make_pattern(std::string_view regex) {
  if (auto plain = plain_pattern::recognise(regex)) return make_plain_test(std::move(*plain));
  return make_engine_pattern(regex);
}

std::shared_ptr<const value_test> make_plain_test(plain_pattern pattern) {
  return std::make_shared<plain_test>(std::move(pattern));
}

result<std::shared_ptr<const value_test>> make_engine_pattern(std::string_view regex) {
  try {
    return std::shared_ptr<const value_test>(std::make_shared<engine_test>(regex));
  } catch (const boost::regex_error& error) {
    std::string what(explanation(error.code()));
    what += " at position " + std::to_string(error.position());
    return failure{errc::malformed, std::move(what)};
  } catch (const std::runtime_error&) {
    return failure{errc::malformed, "too large or too complex"};
  }
}

}  // namespace licaudit::factors
