#include "factors/pattern.hpp"
#include "factors/plain_pattern.hpp"
#include "factors/regex_token.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::factors {
namespace {

using token_kind = regex_token::kind;

/// Beyond these a pattern is for the engine.
constexpr std::size_t most_alternatives = 64;
constexpr std::size_t deepest = 16;
/// So few that a pattern visits no more states than Boost.Regex allows for its length.
constexpr std::size_t most_repeats = 16;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

using byte_set = std::bitset<256>;

/// What a class of one byte holds, as Boost.Regex says itself.
std::optional<byte_set> bytes_of(std::string_view atom, bool fold) {
  byte_set found;
  const auto asked = make_engine_pattern((fold ? "^(?i)" : "^") + std::string(atom) + "$");
  if (!asked) return std::nullopt;
  for (std::size_t byte = 0; byte < found.size(); ++byte) {
    const char text = static_cast<char>(byte);
    found[byte] = (*asked)->test({&text, 1}) == verdict::yes;
  }
  return found;
}

/// One step of an alternative, spelt out.
struct step {
  enum class kind : std::uint8_t { character, bytes, gap, begin, end } what;
  char value = '\0';
  bool fold = false;
  byte_set bytes = {};

  [[nodiscard]] bool is_letter() const { return what == kind::character && factors::is_letter(value); }
  [[nodiscard]] byte_set all() const {
    if (what == kind::bytes) return bytes;
    byte_set one;
    one.set(static_cast<unsigned char>(value));
    if (fold && is_letter()) one.set(static_cast<unsigned char>(value ^ ' '));
    return one;
  }
};
using sequence = std::vector<step>;

}  // namespace

/// Spells the groups out into alternatives; stops being `plain_` at the first thing that only an engine can do.
class plain_pattern::reader {
 public:
  explicit reader(std::string_view regex) : tokens_(regex_tokens(regex)) {}

  std::optional<std::vector<alternative>> read() {
    const auto sequences = group(false, 0);
    if (!plain_ || at_ != tokens_.size()) return std::nullopt;
    std::vector<alternative> found;
    for (const auto& one : sequences) {
      auto recognised = recognise(one);
      if (!recognised) return std::nullopt;
      found.push_back(std::move(*recognised));
    }
    return found;
  }

 private:
  std::vector<sequence> group(bool fold, std::size_t depth) {
    std::vector<sequence> done, current(1);
    if (depth > deepest) plain_ = false;
    for (; plain_ && at_ < tokens_.size() && tokens_[at_].what != token_kind::close; ++at_) {
      const auto& token = tokens_[at_];
      if (token.what == token_kind::bar) {
        done.insert(done.end(), current.begin(), current.end());
        current.assign(1, {});
      } else if (token.what == token_kind::options) {
        fold = case_option(token.text, fold);
      } else if (token.what == token_kind::open) {
        append(current, inner(token.text, fold, depth));
      } else {
        append(current, token, fold);
      }
      if (done.size() + current.size() > most_alternatives) plain_ = false;
    }
    done.insert(done.end(), current.begin(), current.end());
    return done;
  }

  /// Ends on the closing parenthesis.
  std::vector<sequence> inner(std::string_view opener, bool fold, std::size_t depth) {
    ++at_;
    const bool nothing = opener == "(?!";
    if (opener == "(?i:" || opener == "(?-i:") {
      fold = opener == "(?i:";
    } else if (opener != "(" && opener != "(?:" && !nothing) {
      plain_ = false;
    }
    const auto start = at_;
    auto found = group(fold, depth + 1);
    if (at_ >= tokens_.size()) plain_ = false;
    if (!nothing) return found;
    if (at_ != start) plain_ = false;  // a real lookahead
    return {};
  }

  bool case_option(std::string_view text, bool fold) {
    if (text == "(?i)") return true;
    if (text == "(?-i)") return false;
    plain_ = false;
    return fold;
  }

  void append(std::vector<sequence>& to, const regex_token& token, bool fold) {
    switch (token.what) {
      case token_kind::character:
        return append(to, step{step::kind::character, token.text.back(), fold});
      case token_kind::begin:
        return append(to, step{step::kind::begin});
      case token_kind::end:
        return append(to, step{step::kind::end});
      case token_kind::any:
        return append_dot(to);
      case token_kind::repeat:
        return repeat_last(to, token.text);
      default:
        return append_class(to, token, fold);
    }
  }

  void append_class(std::vector<sequence>& to, const regex_token& token, bool fold) {
    const auto bytes = is_class(token) ? bytes_of(token.text, fold) : std::nullopt;
    if (bytes) {
      append(to, step{step::kind::bytes, '\0', false, *bytes});
    } else {
      plain_ = false;
    }
  }

  static bool is_class(const regex_token& token) {
    const auto text = token.text;
    if (token.what != token_kind::other) return false;
    if (text.starts_with('['))
      return text.find("[.") == std::string_view::npos && text.find("[=") == std::string_view::npos;
    return text == "\\d" || text == "\\D" || text == "\\w" || text == "\\W" || text == "\\s" || text == "\\S";
  }

  /// Of one character or class, `{3}`. What stands before it is no group, and no dot: that one has taken its repeat.
  void repeat_last(std::vector<sequence>& to, std::string_view text) {
    std::size_t count = 0;
    const auto* const end = text.data() + text.size() - 1;
    const auto read = std::from_chars(text.data() + 1, end, count);
    const bool is_count = text.starts_with('{') && text.ends_with('}') && read.ec == std::errc() && read.ptr == end;
    const auto before = at_ == 0 ? token_kind::other : tokens_[at_ - 1].what;
    const bool is_atom =
        before == token_kind::character || before == token_kind::any || (before == token_kind::other && at_ > 0);
    if (!is_count || !is_atom || count == 0 || count > most_repeats) {
      plain_ = false;
      return;
    }
    for (auto& one : to) one.insert(one.end(), count - 1, step(one.back()));
  }

  void append_dot(std::vector<sequence>& to) {
    const auto next = at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : regex_token{token_kind::other, {}, 0};
    const bool repeated = next.what == token_kind::repeat && (next.text == "*" || next.text == "+");
    if (!repeated || next.text == "+") append(to, step{step::kind::bytes, '\0', false, no_line_end()});
    if (!repeated) return;
    append(to, step{step::kind::gap});
    ++at_;
  }

  static void append(std::vector<sequence>& to, const step& what) {
    for (auto& one : to) one.push_back(what);
  }

  static byte_set no_line_end() {
    byte_set all;
    for (const char c : {'\n', '\r', '\f'}) all.set(static_cast<unsigned char>(c));
    return ~all;
  }

  void append(std::vector<sequence>& to, const std::vector<sequence>& tails) {
    std::vector<sequence> product;
    if (to.size() * tails.size() > most_alternatives) {
      plain_ = false;
      return;
    }
    for (const auto& head : to) {
      for (const auto& tail : tails) {
        product.push_back(head);
        product.back().insert(product.back().end(), tail.begin(), tail.end());
      }
    }
    to = std::move(product);
  }

  /// `^`? gap* (text | classes) gap* `$`?, and nothing else.
  static std::optional<alternative> recognise(const sequence& steps) {
    alternative found{{}, edge::open, edge::open, false, {}, std::string::npos};
    auto at = steps.begin();
    const auto skip_gaps = [&] {
      const auto start = at;
      while (at != steps.end() && at->what == step::kind::gap) ++at;
      return at != start;
    };
    const bool begins = at != steps.end() && at->what == step::kind::begin;
    if (begins) ++at;
    const bool gap_before = skip_gaps();
    if (begins) found.front = gap_before ? edge::gap : edge::fixed;
    const auto body = at;
    while (at != steps.end() && (at->what == step::kind::character || at->what == step::kind::bytes)) ++at;
    if (!take_body({body, at}, found)) return std::nullopt;
    const bool gap_behind = skip_gaps();
    if (at != steps.end() && at->what == step::kind::end) {
      found.back = gap_behind ? edge::gap : edge::fixed;
      ++at;
    }
    if (at != steps.end()) return std::nullopt;
    found.drop_anchor();
    return found;
  }

  /// A text if it is one, and all of its letters are case-sensitive or none is. False if a mark stands among classes.
  static bool take_body(const sequence& body, alternative& to) {
    const auto any = [&](const auto& says) { return std::any_of(body.begin(), body.end(), says); };
    const bool fold = any([](const step& one) { return one.fold && one.is_letter(); });
    const bool exact = any([](const step& one) { return !one.fold && one.is_letter(); });
    const bool classes = any([](const step& one) { return one.what == step::kind::bytes; });
    if (!classes && !(fold && exact)) {
      to.fold = fold;
      for (const auto& one : body) to.text += one.fold ? lower(one.value) : one.value;
      return true;
    }
    for (const auto& one : body) to.classes.push_back(one.all());
    return !any([](const step& one) { return one.what == step::kind::character && one.value == mark_sign; });
  }

  std::vector<regex_token> tokens_;
  std::size_t at_ = 0;
  bool plain_ = true;
};

std::optional<plain_pattern> plain_pattern::recognise(std::string_view regex) {
  auto alternatives = reader(regex).read();
  if (!alternatives) return std::nullopt;
  plain_pattern found;
  found.any_of_ = std::move(*alternatives);
  return found;
}

}  // namespace licaudit::factors
