#include "daemon/settings/secretless_copy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::settings {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* left_out = "Left out";

TEST(secretless_copy, removes_values_of_secret_names_and_nothing_else) {
  const std::string copy = without_secrets(
      "# my host\n"
      "deletion_secret_sha256: 9f86abc   # of the safe\n"
      "access:\n"
      "  - { token_sha256: 9f86def, role: customer, tenant: contoso }\n"
      "  - { user: north, role: reseller }\n"
      "sources:\n"
      "  - name: teams\n"
      "    plugin: teams\n"
      "    config:\n"
      "      client_secret: \"a \\\" b, c }\"\n"
      "      Password: 'it''s mine'\n"
      "      users: /srv/users.json\n");
  EXPECT_EQ(copy,
            "# my host\n"
            "deletion_secret_sha256: 'removed'   # of the safe\n"
            "access:\n"
            "  - { token_sha256: 'removed', role: customer, tenant: contoso }\n"
            "  - { user: north, role: reseller }\n"
            "sources:\n"
            "  - name: teams\n"
            "    plugin: teams\n"
            "    config:\n"
            "      client_secret: 'removed'\n"
            "      Password: 'removed'\n"
            "      users: /srv/users.json\n");
}

TEST(secretless_copy, keeps_where_a_secret_lies) {
  const std::string text = "config: { client_secret: { file: /etc/licaudit/secret }, token: { credential: teams } }\n";
  EXPECT_EQ(without_secrets(text), text);
}

TEST(secretless_copy, removes_the_items_of_a_list) {
  const std::string copy = without_secrets("api_tokens: [abc, 'def']\nother: [abc]\n");
  EXPECT_EQ(copy, "api_tokens: ['removed', 'removed']\nother: [abc]\n");
}

TEST(secretless_copy, removes_what_a_url_says_before_the_at) {
  EXPECT_EQ(without_secrets("url: https://ann:hunter2@pbx.example/x@y\n"), "url: https://removed@pbx.example/x@y\n");
  EXPECT_EQ(without_secrets("url: https://pbx.example/x@y\n"), "url: https://pbx.example/x@y\n");
}

TEST(secretless_copy, rather_leaves_a_file_out_than_a_secret_in) {
  for (const char* text :
       {"password: [unclosed\n", "\t- no yaml: [", "password: |\n  first line\n  hunter2\n",
        "password: hunter1\n  hunter2\n", "password: 'hunter1\n\n  hunter2'\n", "secret: >-\n  hunter2\nstate: x\n"}) {
    const std::string copy = without_secrets(text);
    EXPECT_THAT(copy, Not(HasSubstr("hunter"))) << text;
  }
  EXPECT_THAT(without_secrets("a: [unclosed"), HasSubstr(left_out));
  EXPECT_THAT(without_secrets("secret: |\n  hunter2\n"), Not(HasSubstr("hunter2")));
}

TEST(secretless_copy, leaves_an_empty_file_alone) {
  EXPECT_EQ(without_secrets(""), "");
  EXPECT_EQ(without_secrets("# all defaults\n"), "# all defaults\n");
}

}  // namespace
}  // namespace licaudit::settings
