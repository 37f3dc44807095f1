#include "daemon/settings/plugin_test.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstring>
#include <string>

namespace licaudit::settings {

namespace {

constexpr std::size_t longest_value = 256;  ///< what the header promises to plugins

/// One instance of a plugin. Exceptions do not cross C: a plugin that throws breaks its word and ends the process, as
/// `noexcept` on both calls makes sure of, rather than going on with a half-done answer.
class plugin_test : public factors::value_test {
 public:
  plugin_test(const licaudit_factor_plugin& table, void* instance) : table_(table), instance_(instance) {}
  ~plugin_test() override { destroy(); }
  plugin_test(const plugin_test&) = delete;
  plugin_test& operator=(const plugin_test&) = delete;

  [[nodiscard]] factors::verdict test(std::string_view text) const override {
    if (text.size() > longest_value) return factors::verdict::failed;
    // Never a null pointer, also for the empty text.
    const licaudit_text value{text.empty() ? "" : text.data(), text.size()};
    std::uint8_t answer = LICAUDIT_VERDICT_FAILED;
    ask(&value, 1, &answer);
    if (answer == LICAUDIT_VERDICT_YES) return factors::verdict::yes;
    return answer == LICAUDIT_VERDICT_NO ? factors::verdict::no : factors::verdict::failed;
  }

 private:
  void ask(const licaudit_text* values, std::size_t count, std::uint8_t* answers) const noexcept {
    table_.test(instance_, values, count, answers);
  }
  void destroy() noexcept { table_.destroy(instance_); }

  const licaudit_factor_plugin& table_;
  void* instance_;
};

void* create(const licaudit_factor_plugin& table, licaudit_text options, char* error, std::size_t size) noexcept {
  return table.create(options, error, size);
}

}  // namespace

factors::value_test_factory make_plugin_factory(const licaudit_factor_plugin& table) {
  return [&table](const json::object& options) -> result<std::shared_ptr<const factors::value_test>> {
    const std::string text = json::serialize(options);
    std::array<char, 1024> error{};
    void* instance = create(table, {text.data(), text.size()}, error.data(), error.size());
    if (instance != nullptr) return std::make_shared<plugin_test>(table, instance);
    const std::string why(error.data(), strnlen(error.data(), error.size()));
    return failure{errc::malformed, std::string(table.name) + ": " + (why.empty() ? "refuses these options" : why)};
  };
}

}  // namespace licaudit::settings
