// The shortcuts of the engine against Boost.Regex: whatever is recognised as plain must answer as the engine does, with
// and without placeholders. The input is a pattern, a field value and the values of the placeholders, with NUL between.
#include "factors/pattern.hpp"
#include "factors/pattern_template.hpp"
#include "factors/regex_token.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

namespace licaudit::fuzz {
using factors::verdict;

namespace {

constexpr std::size_t most_parts = 6;
constexpr std::string_view between_parts{"\0", 1};

std::string shown(std::string_view regex, std::string_view text) {
  return "`" + std::string(regex) + "` on '" + std::string(text) + "'";
}

void check_tokens(std::string_view regex) {
  std::string joined;
  for (const auto& token : factors::regex_tokens(regex)) {
    promise(token.at == joined.size() && !token.text.empty(), "tokens follow each other", regex);
    joined += token.text;
  }
  promise(joined == regex, "tokens are the whole pattern", regex);
}

/// Where the engine gives up, a shortcut may know better.
void promise_agree(verdict plain, verdict engine, std::string_view regex, std::string_view text) {
  promise(engine == verdict::failed || plain == engine, "a plain pattern answers as the engine does",
          shown(regex, text));
}

void check_fixed(const std::string& regex, const std::string& text) {
  const auto engine = factors::make_engine_pattern(regex);
  if (!engine) promise_sentence(engine.error().detail, regex);
  const auto plain = factors::plain_pattern::recognise(regex);
  promise(plain.has_value() != factors::needs_engine(regex), "one rule says what is plain", regex);
  if (!plain) return;
  promise(engine.has_value(), "what does not compile is not plain", regex);
  promise_agree(factors::make_plain_test(*plain)->test(text), (*engine)->test(text), regex, text);
}

/// A pattern that cannot match must not match; the reverse is more than `can_match` promises.
void check_hopeless(const std::string& regex, const std::string& text) {
  if (factors::can_match(regex)) return;
  const auto engine = factors::make_engine_pattern(regex);
  if (engine) promise((*engine)->test(text) != verdict::yes, "a hopeless pattern matches nothing", shown(regex, text));
}

void check_template(const std::string& regex, const std::string& text, const std::vector<std::string>& values) {
  const auto parsed = factors::pattern_template::parse(regex);
  if (!parsed) return promise_sentence(parsed.error().detail, regex);
  if (parsed->is_fixed()) return;
  std::size_t next = 0;
  std::vector<std::string_view> slot_values;
  parsed->values_by([&](const factors::placeholder&) { return std::string_view(values[next++ % values.size()]); },
                    slot_values);
  const auto regex_with_values = parsed->filled(slot_values);
  const auto engine = factors::make_engine_pattern(regex_with_values);
  if (factors::make_engine_pattern(parsed->stand_in())) {
    promise(engine.has_value(), "a value cannot break a pattern", regex_with_values);
  }
  const auto plain = parsed->plain();
  if (!plain || !engine) return;
  promise_agree(factors::make_plain_test(plain->filled(slot_values))->test(text), (*engine)->test(text),
                regex_with_values, text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto parts = parts_of(text_of(bytes, size), between_parts, most_parts);
  const auto regex = parts[0];
  const auto text = parts[1];
  check_tokens(regex);
  check_fixed(regex, text);
  check_hopeless(regex, text);
  (void)factors::look_alikes(regex);
  check_template(regex, text, {parts.begin() + 2, parts.end()});
  return 0;
}

}  // namespace licaudit::fuzz
