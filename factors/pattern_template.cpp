#include "factors/pattern_template.hpp"

#include "factors/regex_token.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace licaudit::factors {
namespace {

using token_kind = regex_token::kind;

struct vendor_name {
  std::string_view text;
  placeholder::owner of;
  std::string_view field;
};
constexpr std::array<vendor_name, 3> vendor_names{{
    {"_PSTNGATEWAY_TO_REPLACE_", placeholder::owner::site, "pstn_gateway"},
    {"_MSTENANTID_TO_REPLACE_", placeholder::owner::tenant, "ms_tenant_id"},
    {"_UMPCUSTOMERGUID_TO_REPLACE_", placeholder::owner::tenant, "customer_guid"},
}};

constexpr std::string_view field_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

/// Stands for nothing at all, whatever surrounds it.
constexpr std::string_view matches_nothing = "(?!)";

struct found_name {
  std::size_t size;
  placeholder what;
};

std::optional<found_name> general_name(std::string_view text, std::string_view opener, placeholder::owner of) {
  if (!text.starts_with(opener)) return std::nullopt;
  const auto end = text.find_first_not_of(field_characters, opener.size());
  if (end == std::string_view::npos || end == opener.size() || text[end] != '}') return std::nullopt;
  return found_name{end + 1, {of, std::string(text.substr(opener.size(), end - opener.size()))}};
}

/// The placeholder that `text` begins with.
std::optional<found_name> name_at(std::string_view text) {
  for (const auto& name : vendor_names) {
    if (text.starts_with(name.text)) return found_name{name.text.size(), {name.of, std::string(name.field)}};
  }
  if (auto found = general_name(text, "${tenant.", placeholder::owner::tenant)) return found;
  return general_name(text, "${site.", placeholder::owner::site);
}

std::string escaped(std::string_view value) {
  constexpr std::string_view special = "\\^$.|()[]{}*+?# ";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      text += "\\x{";
      text += {digits[byte >> 4U], digits[byte & 15U], '}'};
      continue;
    }
    if (special.find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

/// Follows the groups of a pattern and says, for a stretch of plain characters in it, what forbids a placeholder there.
class place_check {
 public:
  explicit place_check(std::string_view regex) : tokens_(regex_tokens(regex)) {}

  std::optional<std::string> objection(std::size_t at, std::size_t size) const {
    for (const auto& token : tokens_) {
      if (token.what == token_kind::steering) return "in a pattern with recursion or verbs";
    }
    const auto first = std::find_if(tokens_.begin(), tokens_.end(), [&](const auto& one) { return one.at == at; });
    if (first == tokens_.end() || first->text.size() != 1) return "within a character class, a quotation or an escape";
    const auto behind = first + static_cast<std::ptrdiff_t>(size);
    if (behind != tokens_.end() && behind->what == token_kind::repeat) return "in an optional or repeated place";
    return group_objection(first);
  }

 private:
  using place = std::vector<regex_token>::const_iterator;

  /// Looks at every group that is open at `from`: how it begins, and what follows its end.
  std::optional<std::string> group_objection(place from) const {
    std::vector<place> open;
    for (auto one = tokens_.begin(); one != from; ++one) {
      if (one->what == token_kind::open) open.push_back(one);
      if (one->what == token_kind::close && !open.empty()) open.pop_back();
    }
    for (const auto& opener : open) {
      if (is_lookaround(opener->text)) return "within a lookahead, lookbehind or condition";
    }
    std::size_t depth = 0;
    for (auto one = from; one != tokens_.end(); ++one) {
      if (one->what == token_kind::open) ++depth;
      if (one->what != token_kind::close) continue;
      if (depth > 0) {
        --depth;
      } else if (one + 1 != tokens_.end() && (one + 1)->what == token_kind::repeat) {
        return "within an optional or repeated group";
      }
    }
    return std::nullopt;
  }

  static bool is_lookaround(std::string_view opener) {
    return opener == "(?" || opener == "(?=" || opener == "(?!" || opener == "(?<=" || opener == "(?<!";
  }

  std::vector<regex_token> tokens_;
};

}  // namespace

std::vector<pattern_template::slot> pattern_template::find_slots(std::string_view text) {
  std::vector<slot> found;
  for (std::size_t at = 0; at < text.size();) {
    auto name = name_at(text.substr(at));
    if (name) found.push_back({at, name->size, std::move(name->what)});
    at += name ? name->size : 1;
  }
  return found;
}

result<pattern_template> pattern_template::parse(std::string_view text) {
  pattern_template made;
  made.text_ = text;
  made.slots_ = find_slots(text);
  if (made.is_fixed()) return made;
  const auto plain = made.stand_in();
  const place_check places(plain);
  for (const auto& one : made.slots_) {
    if (const auto objection = places.objection(one.at, one.size)) {
      return failure{errc::malformed, "the placeholder " + std::string(text.substr(one.at, one.size)) +
                                          " at position " + std::to_string(one.at) + " stands " + *objection +
                                          ", where its value cannot be inserted literally"};
    }
  }
  return made;
}

bool pattern_template::names_site() const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [](const slot& one) { return one.what.of == placeholder::owner::site; });
}

std::vector<placeholder> pattern_template::placeholders() const {
  std::vector<placeholder> found;
  for (const auto& one : slots_) found.push_back(one.what);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string pattern_template::stand_in() const {
  std::string plain = text_;
  for (const auto& one : slots_) plain.replace(one.at, one.size, one.size, 'x');
  return plain;
}

std::optional<plain_pattern> pattern_template::plain() const {
  if (slots_.size() > plain_pattern::most_marks || text_.find(plain_pattern::mark_sign) != std::string::npos) {
    return std::nullopt;
  }
  std::string marked;
  std::size_t done = 0;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    marked.append(text_, done, slots_[i].at - done) += plain_pattern::mark(i);
    done = slots_[i].at + slots_[i].size;
  }
  return plain_pattern::recognise(marked.append(text_, done));
}

std::string pattern_template::filled(const std::vector<std::string_view>& slot_values) const {
  std::string regex;
  std::size_t done = 0;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const auto& one = slots_[i];
    const auto& value = slot_values[i];
    regex.append(text_, done, one.at - done);
    // A group of its own, so that nothing before it (`\1`, `\x4`) can swallow the value's first characters.
    regex += value.empty() ? std::string(matches_nothing) : "(?:" + escaped(value) + ")";
    done = one.at + one.size;
  }
  return regex.append(text_, done);
}

std::vector<std::string> look_alikes(std::string_view pattern) {
  constexpr std::string_view core = "_TO_REPLACE";
  std::string upper(pattern);
  for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::vector<std::string> found;
  std::size_t exact_until = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (const auto name = name_at(pattern.substr(at)); name && at >= exact_until) exact_until = at + name->size;
    const bool vendor_like = upper.compare(at, core.size(), core) == 0;
    const bool general_like = upper.compare(at, 9, "${TENANT.") == 0 || upper.compare(at, 7, "${SITE.") == 0;
    if (at < exact_until || !(vendor_like || general_like)) continue;
    found.push_back("`" + std::string(pattern) + "` has at position " + std::to_string(at) +
                    " what looks like a placeholder but is none, and matches it as it stands; write " +
                    (vendor_like ? "_PSTNGATEWAY_TO_REPLACE_, _MSTENANTID_TO_REPLACE_ or _UMPCUSTOMERGUID_TO_REPLACE_ "
                                   "with both outer underscores and in capitals"
                                 : "${tenant.FIELD} or ${site.FIELD} in small letters"));
  }
  return found;
}

}  // namespace licaudit::factors
