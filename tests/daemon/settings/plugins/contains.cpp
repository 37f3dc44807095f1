// A plugin of the tests, built in several forms: {"text":"x"} matches values that contain x.
#include <licaudit/factor_plugin.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace {

// Only the form that the tests write, {"text":"..."}.
void* create(licaudit_text options, char* error, std::size_t error_size) {
  const std::string_view written(options.bytes, options.length);
  constexpr std::string_view start = "{\"text\":\"";
  if (written.substr(0, start.size()) == start) {
    return new std::string(written.substr(start.size(), written.size() - start.size() - 2));
  }
  std::snprintf(error, error_size, "text: expected a text, found %.*s", static_cast<int>(written.size()),
                written.data());
  return nullptr;
}

[[maybe_unused]] void test(const void* instance, const licaudit_text* values, std::size_t count,
                           std::uint8_t* verdicts) {
  constexpr std::uint8_t no_verdict = 77;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view value(values[i].bytes, values[i].length);
    const bool found = value.find(*static_cast<const std::string*>(instance)) != std::string_view::npos;
    verdicts[i] =
        value == "?" ? no_verdict : static_cast<std::uint8_t>(found ? LICAUDIT_VERDICT_YES : LICAUDIT_VERDICT_NO);
  }
}

void destroy(void* instance) {
  delete static_cast<std::string*>(instance);
}

}  // namespace

#ifndef PLUGIN_ABI
#define PLUGIN_ABI LICAUDIT_FACTOR_PLUGIN_ABI
#endif
#ifndef PLUGIN_SIZE
#define PLUGIN_SIZE sizeof(licaudit_factor_plugin)
#endif
#ifndef PLUGIN_TEST
#define PLUGIN_TEST test
#endif
#ifdef PLUGIN_WITHOUT_SYMBOL
#define licaudit_factor_plugin_v1 licaudit_factor_plugin_v0
#endif

extern "C" LICAUDIT_FACTOR_PLUGIN_EXPORT const licaudit_factor_plugin licaudit_factor_plugin_v1 = {
    PLUGIN_ABI, PLUGIN_SIZE, PLUGIN_NAME, "Contains a text.", create, PLUGIN_TEST, destroy};
