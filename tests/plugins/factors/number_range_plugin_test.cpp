// The shared object itself, as the daemon meets it.
#include <licaudit/factor_plugin.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <dlfcn.h>

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const char* const shared_object = LICAUDIT_BINARY_DIRECTORY "/lib/licaudit/factors/number-range.so";

class number_range_plugin : public testing::Test {
 protected:
  void SetUp() override {
    handle_ = dlopen(shared_object, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(handle_, nullptr) << dlerror();
    plugin_ = static_cast<const licaudit_factor_plugin*>(dlsym(handle_, LICAUDIT_FACTOR_PLUGIN_SYMBOL));
    ASSERT_NE(plugin_, nullptr) << dlerror();
  }

  void* create(std::string_view options) {
    error_.fill('x');
    return plugin_->create({options.data(), options.size()}, error_.data(), error_.size());
  }

  std::vector<int> ask(const void* instance, const std::vector<std::string>& texts) const {
    std::vector<licaudit_text> values;
    for (const auto& text : texts) values.push_back({text.data(), text.size()});
    std::vector<std::uint8_t> verdicts(values.size(), 9);
    plugin_->test(instance, values.data(), values.size(), verdicts.data());
    return {verdicts.begin(), verdicts.end()};
  }

  void* handle_ = nullptr;
  const licaudit_factor_plugin* plugin_ = nullptr;
  std::array<char, 256> error_{};
};

TEST_F(number_range_plugin, says_what_it_is) {
  EXPECT_EQ(plugin_->abi, LICAUDIT_FACTOR_PLUGIN_ABI);
  EXPECT_EQ(plugin_->size, sizeof(licaudit_factor_plugin));
  EXPECT_STREQ(plugin_->name, "number-range");
  EXPECT_GT(std::string_view(plugin_->description).size(), 10U);
}

TEST_F(number_range_plugin, answers_a_batch) {
  void* instance = create(R"({"ranges":["+442079460000-0999"]})");
  ASSERT_NE(instance, nullptr) << error_.data();
  EXPECT_THAT(ask(instance, {"tel:+442079460500;ext=1", "+442079461000", "", "nonsense", "+44 20 7946 0999"}),
              ElementsAre(LICAUDIT_VERDICT_YES, LICAUDIT_VERDICT_NO, LICAUDIT_VERDICT_NO, LICAUDIT_VERDICT_NO,
                          LICAUDIT_VERDICT_YES));
  EXPECT_THAT(ask(instance, {}), ElementsAre());
  plugin_->destroy(instance);
}

TEST_F(number_range_plugin, reads_values_that_are_not_terminated) {
  void* instance = create(R"({"ranges":["+44"]})");
  ASSERT_NE(instance, nullptr);
  const std::string_view text = "+4420";
  const licaudit_text value{text.data(), 3};
  std::uint8_t verdict = 9;
  plugin_->test(instance, &value, 1, &verdict);
  EXPECT_EQ(verdict, LICAUDIT_VERDICT_YES);
  plugin_->destroy(instance);
}

TEST_F(number_range_plugin, explains_wrong_options) {
  EXPECT_EQ(create(R"({"ranges":["0049"]})"), nullptr);
  EXPECT_THAT(std::string(error_.data()), HasSubstr("ranges[0]: '0049'"));
}

TEST_F(number_range_plugin, cuts_a_long_explanation) {
  EXPECT_EQ(create(R"({"ranges":[")" + std::string(5000, '9') + R"("]})"), nullptr);
  EXPECT_EQ(std::string_view(error_.data()).size(), error_.size() - 1);
}

TEST_F(number_range_plugin, answers_on_several_threads) {
  void* instance = create(R"({"ranges":["+4930123450-99"]})");
  ASSERT_NE(instance, nullptr);
  std::vector<std::thread> threads;
  std::array<bool, 4> right{};
  for (auto& mine : right) {
    threads.emplace_back([&mine, instance, this] {
      mine = true;
      for (int i = 0; i < 1000; ++i) mine = mine && ask(instance, {"+4930123460", "+1"}) == std::vector<int>{1, 0};
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(right, ElementsAre(true, true, true, true));
  plugin_->destroy(instance);
}

TEST_F(number_range_plugin, exports_one_symbol_only) {
  const std::string command = std::string("nm --dynamic --defined-only --format=posix ") + shared_object;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> listing(popen(command.c_str(), "r"), pclose);
  ASSERT_NE(listing, nullptr);
  std::vector<std::string> names;
  std::array<char, 1024> line{};
  while (std::fgets(line.data(), line.size(), listing.get()) != nullptr) {
    const std::string_view text(line.data());
    names.emplace_back(text.substr(0, text.find(' ')));
  }
  EXPECT_THAT(names, ElementsAre(LICAUDIT_FACTOR_PLUGIN_SYMBOL));
}

}  // namespace
