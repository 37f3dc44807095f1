#include "fussy_plugin.hpp"

#include <string>
#include <utility>

namespace licaudit::factors::testing {
namespace {

class fussy_test : public value_test {
 public:
  fussy_test(std::string likes, std::shared_ptr<std::size_t> asked)
      : likes_(std::move(likes)), asked_(std::move(asked)) {}

  verdict test(std::string_view text) const override {
    if (asked_) ++*asked_;
    if (text.starts_with('?')) return verdict::failed;
    return text == likes_ ? verdict::yes : verdict::no;
  }

 private:
  std::string likes_;
  std::shared_ptr<std::size_t> asked_;
};

}  // namespace

value_test_kinds fussy_plugin(std::shared_ptr<std::size_t> asked) {
  value_test_kinds kinds;
  kinds["fussy"] = [asked](const json::object& options) -> result<std::shared_ptr<const value_test>> {
    const auto* likes = options.if_contains("likes");
    if (likes == nullptr || !likes->is_string()) return failure{errc::malformed, "expected the text `likes`"};
    return std::shared_ptr<const value_test>(
        std::make_shared<fussy_test>(std::string(std::string_view(likes->get_string())), asked));
  };
  return kinds;
}

}  // namespace licaudit::factors::testing
