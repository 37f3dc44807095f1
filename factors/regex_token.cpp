#include "factors/regex_token.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

using kind = regex_token::kind;

/// Escapes that mean the character itself. `\<`, `\>`, `\'` and `` \` `` are anchors of Boost.
constexpr std::string_view plain_escapes = "\\^$.|()[]{}*+?/-_# ";

class tokenizer {
 public:
  explicit tokenizer(std::string_view regex) : regex_(regex) {}

  std::vector<regex_token> run() {
    std::vector<regex_token> found;
    while (at_ < regex_.size()) {
      const auto start = at_;
      const auto what = next();
      found.push_back({what, regex_.substr(start, at_ - start), start});
    }
    return found;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < regex_.size() ? regex_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool starts(std::string_view with) const { return regex_.substr(at_).starts_with(with); }

  void skip(std::size_t bytes) { at_ = bytes < regex_.size() - at_ ? at_ + bytes : regex_.size(); }

  void skip_behind(std::string_view terminator, std::size_t from) {
    const auto found = regex_.find(terminator, at_ + from);
    at_ = found == std::string_view::npos ? regex_.size() : found + terminator.size();
  }

  void skip_while(std::string_view characters, std::size_t at_most = std::string_view::npos) {
    while (at_most-- > 0 && at_ < regex_.size() && characters.find(regex_[at_]) != std::string_view::npos) ++at_;
  }

  kind next() {
    switch (regex_[at_]) {
      case '\\':
        return escape();
      case '[':
        return character_class();
      case '(':
        return group();
      case ')':
        return single(kind::close);
      case '|':
        return single(kind::bar);
      case '.':
        return single(kind::any);
      case '^':
        return single(kind::begin);
      case '$':
        return single(kind::end);
      case '*':
      case '+':
      case '?':
        return repeat(1);
      case '{':
        return braces();
      default:
        return single(kind::character);
    }
  }

  kind single(kind what) {
    ++at_;
    return what;
  }

  kind repeat(std::size_t bytes) {
    skip(bytes);
    if (peek() == '?' || peek() == '+') ++at_;
    return kind::repeat;
  }

  /// A brace that is no bound is a character. Boost passes over white space of any sort in one.
  kind braces() {
    const auto end = regex_.find_first_not_of("0123456789, \t\n\v\f\r", at_ + 1);
    if (end == std::string_view::npos || end == at_ + 1 || regex_[end] != '}') return single(kind::character);
    return repeat(end + 1 - at_);
  }

  kind escape() {
    const char what = peek(1);
    if (at_ + 1 < regex_.size() && plain_escapes.find(what) != std::string_view::npos) {
      skip(2);
      return kind::character;
    }
    if (what == 'Q') {
      skip_behind("\\E", 2);
      return kind::other;
    }
    skip(2);
    if (what == 'c') skip(1);
    if (what >= '0' && what <= '9') skip_while("0123456789");
    if (what == 'x' && peek() != '{') skip_while("0123456789abcdefABCDEF", 2);
    if (std::string_view("xpPNgk").find(what) != std::string_view::npos) escape_argument(what);
    return kind::other;
  }

  void escape_argument(char what) {
    if (peek() == '{') return skip_behind("}", 1);
    if (peek() == '<') return skip_behind(">", 1);
    if (peek() == '\'') return skip_behind("'", 1);
    if (what == 'g') skip_while("-0123456789");
    if (what == 'p' || what == 'P') skip(1);
  }

  kind character_class() {
    skip(1);
    if (peek() == '^') ++at_;
    if (peek() == ']') ++at_;
    while (at_ < regex_.size() && regex_[at_] != ']') {
      if (regex_[at_] == '\\') {
        skip(2);
      } else if (starts("[:") || starts("[=") || starts("[.")) {
        const char closing[] = {regex_[at_ + 1], ']', '\0'};
        skip_behind(closing, 2);
      } else {
        ++at_;
      }
    }
    skip(1);
    return kind::other;
  }

  kind group() {
    if (starts("(*")) return until_closed(kind::steering);
    if (!starts("(?")) return single(kind::open);
    if (starts("(?#")) return until_closed(kind::other);
    if (starts("(?(")) return opened(2);
    if (starts("(?<=") || starts("(?<!")) return opened(4);
    if (starts("(?:") || starts("(?=") || starts("(?!") || starts("(?>") || starts("(?|")) return opened(3);
    if (starts("(?<") || starts("(?P<")) return named('>');
    if (starts("(?'")) return named('\'');
    return options_or_steering();
  }

  kind opened(std::size_t bytes) {
    skip(bytes);
    return kind::open;
  }

  kind named(char terminator) {
    skip_behind({&terminator, 1}, 3 + (peek(2) == 'P' ? 1U : 0U));
    return kind::open;
  }

  kind until_closed(kind what) {
    skip_behind(")", 2);
    return what;
  }

  kind options_or_steering() {
    const auto end = regex_.find_first_not_of("imsx-", at_ + 2);
    const char last = end == std::string_view::npos ? '\0' : regex_[end];
    const bool flags = end != at_ + 2 && (last == ')' || last == ':');
    if (!flags) return until_closed(kind::steering);
    at_ = end + 1;
    return last == ')' ? kind::options : kind::open;
  }

  std::string_view regex_;
  std::size_t at_ = 0;
};

/// Of a group that is being read: can its alternative so far match, and could one before it?
struct branch {
  bool here = true;
  bool before = false;
  bool nothing = false;   ///< the group is `(?!)`
  bool succeeds = false;  ///< whatever is in it: a negated group, and a condition, whose other branch may be empty
};

bool succeeds_whatever_is_in_it(std::string_view opener) {
  return opener == "(?!" || opener == "(?<!" || opener == "(?";
}

/// Verbs end a match early, recursion runs a group elsewhere, and `x` makes comments of what looks like groups.
bool is_beyond_us(const regex_token& token) {
  const bool sets_flags =
      token.text.size() > 2 && token.text.starts_with("(?") && std::string_view("imsx-").find(token.text[2]) < 5;
  return token.what == kind::steering || (sets_flags && token.text.find('x') != std::string_view::npos);
}

}  // namespace

std::vector<regex_token> regex_tokens(std::string_view regex) {
  return tokenizer(regex).run();
}

bool can_match(std::string_view regex) {
  const auto tokens = regex_tokens(regex);
  if (std::any_of(tokens.begin(), tokens.end(), is_beyond_us)) return true;
  std::vector<branch> open(1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.what == kind::open) {
      const bool empty = i + 1 < tokens.size() && tokens[i + 1].what == kind::close;
      open.push_back({true, false, token.text == "(?!" && empty, succeeds_whatever_is_in_it(token.text)});
    } else if (token.what == kind::bar) {
      open.back().before |= open.back().here;
      open.back().here = true;
    } else if (token.what == kind::close && open.size() > 1) {
      const auto ended = open.back();
      open.pop_back();
      const bool repeated = i + 1 < tokens.size() && tokens[i + 1].what == kind::repeat;
      const bool hopeless = ended.nothing || !(ended.succeeds || ended.before || ended.here);
      if (!repeated && hopeless) open.back().here = false;
    }
  }
  return open.front().before || open.front().here;
}

}  // namespace licaudit::factors
