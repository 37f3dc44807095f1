#include "factors/plain_pattern.hpp"

#include "factors/regex_token.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

using token_kind = regex_token::kind;

/// Beyond these a pattern is for the engine.
constexpr std::size_t most_alternatives = 64;
constexpr std::size_t deepest = 16;

/// An object, so that algorithms inline it.
constexpr auto is_line_end = [](char c) { return c == '\n' || c == '\r' || c == '\f'; };
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// One step of an alternative, spelt out.
struct step {
  enum class kind : std::uint8_t { character, any, gap, begin, end } what;
  char value = '\0';
  bool fold = false;
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
      default:
        plain_ = false;
    }
  }

  void append_dot(std::vector<sequence>& to) {
    const auto next = at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : regex_token{token_kind::other, {}, 0};
    const bool repeated = next.what == token_kind::repeat && (next.text == "*" || next.text == "+");
    if (!repeated || next.text == "+") append(to, step{step::kind::any});
    if (!repeated) return;
    append(to, step{step::kind::gap});
    ++at_;
  }

  static void append(std::vector<sequence>& to, step what) {
    for (auto& one : to) one.push_back(what);
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

  /// `^`? gap* (text | one dot) gap* `$`?, and nothing else.
  static std::optional<alternative> recognise(const sequence& steps) {
    alternative found{{}, edge::open, edge::open, false, false};
    auto at = steps.begin();
    const auto skip = [&](step::kind what) {
      const auto start = at;
      while (at != steps.end() && at->what == what) ++at;
      return at != start;
    };
    const bool begins = at != steps.end() && at->what == step::kind::begin;
    if (begins) ++at;
    const bool gap_before = skip(step::kind::gap);
    if (begins) found.front = gap_before ? edge::gap : edge::fixed;
    const auto body = at;
    if (skip(step::kind::character)) {
      if (!take_text({body, at}, found)) return std::nullopt;
    } else if (at != steps.end() && at->what == step::kind::any) {
      found.any = true;
      ++at;
    }
    const bool gap_behind = skip(step::kind::gap);
    if (at != steps.end() && at->what == step::kind::end) {
      found.back = gap_behind ? edge::gap : edge::fixed;
      ++at;
    }
    if (at != steps.end()) return std::nullopt;
    return found;
  }

  /// False if some of its letters are case-sensitive and some not.
  static bool take_text(const sequence& body, alternative& to) {
    bool exact = false;
    for (const auto& one : body) {
      if (is_letter(one.value)) (one.fold ? to.fold : exact) = true;
      to.text += one.fold ? lower(one.value) : one.value;
    }
    return !(to.fold && exact);
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

/// A letter, so that what is recognised is exact about case in its place.
std::string plain_pattern::mark(std::size_t number) {
  return {mark_sign, static_cast<char>('a' + number)};
}

plain_pattern plain_pattern::filled(const std::vector<std::string>& values) const {
  plain_pattern made;
  for (const auto& one : any_of_) {
    auto copy = one;
    bool blank = false;
    for (auto at = copy.text.find(mark_sign); at != std::string::npos; at = copy.text.find(mark_sign, at)) {
      auto value = values[static_cast<std::size_t>(copy.text[at + 1] - 'a')];
      if (one.fold) std::transform(value.begin(), value.end(), value.begin(), lower);
      blank |= value.empty();
      copy.text.replace(at, 2, value);
      at += value.size();
    }
    if (!blank) made.any_of_.push_back(std::move(copy));
  }
  return made;
}

bool plain_pattern::matches(std::string_view text) const {
  return std::any_of(any_of_.begin(), any_of_.end(), [&](const alternative& one) { return one.matches(text); });
}

bool plain_pattern::alternative::is_at(std::string_view whole, std::size_t at) const {
  if (any) return !is_line_end(whole[at]);
  if (!fold) return whole.compare(at, text.size(), text) == 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(whole[at + i]) != text[i]) return false;
  }
  return true;
}

/// The first place from `first` to `last` where it is, or npos.
std::size_t plain_pattern::alternative::find(std::string_view whole, std::size_t first, std::size_t last) const {
  if (!fold && !any && last - first > 8) {
    const auto at = whole.find(text, first);
    return at <= last ? at : std::string_view::npos;
  }
  for (auto at = first; at <= last; ++at) {
    if (is_at(whole, at)) return at;
  }
  return std::string_view::npos;
}

bool plain_pattern::alternative::matches(std::string_view whole) const {
  if (size() > whole.size()) return false;
  auto last = front == edge::fixed ? 0 : whole.size() - size();
  auto first = back == edge::fixed ? whole.size() - size() : 0;
  first = first <= last ? find(whole, first, last) : std::string_view::npos;
  if (first == std::string_view::npos) return false;
  // It is somewhere; only now do line ends matter.
  if (front == edge::gap) {
    const auto line_end = std::find_if(whole.begin(), whole.end(), is_line_end);
    last = std::min(last, static_cast<std::size_t>(line_end - whole.begin()));
  }
  if (back == edge::gap) {
    const auto line_end = std::find_if(whole.rbegin(), whole.rend(), is_line_end);
    const auto upto = static_cast<std::size_t>(whole.rend() - line_end);
    // What stands behind the text holds no line end, so the text reaches to the last one at least.
    if (upto > size()) first = std::max(first, upto - size());
  }
  return first <= last && find(whole, first, last) != std::string_view::npos;
}

}  // namespace licaudit::factors
