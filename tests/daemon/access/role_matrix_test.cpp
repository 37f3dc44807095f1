// Every role, every route, tenants of one's own, below, above and beside: as tokens at the listener and as users at the
// socket of the real daemon, against one table.
#include "tests/daemon/access/claimed_routes.hpp"
#include "tests/daemon/access/guarded_host.hpp"
#include "tests/daemon/access/rights_table.hpp"

#include "model/digest.hpp"
#include "model/json.hpp"

#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/json/serialize.hpp>

#include <array>
#include <chrono>
#include <map>
#include <set>

namespace licaudit::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::array tenants{"host",     "north", "albion",   "contoso", "contoso-voice",
                             "fabrikam", "south", "tailspin", "nowhere"};

std::string filled(std::string_view text, std::string_view tenant) {
  std::string out(text);
  for (std::size_t at = out.find("{t}"); at != std::string::npos; at = out.find("{t}")) out.replace(at, 3, tenant);
  return out;
}

bool names_tenant(const claim& of) {
  return of.target.find("{t}") != std::string_view::npos || of.body.find("{t}") != std::string_view::npos;
}

/// A tenant in a body or a query is looked at once the right is held anywhere at all: that tells nothing of the tenant.
outcome expected_of(const identity& who, const claim& of, std::string_view tenant) {
  std::vector<std::string_view> rights = of.rights;
  if (!of.under_partner.empty() && tenant == "albion") rights.push_back(of.under_partner);
  for (const std::string_view right : rights) {
    if (of.target.rfind("/v1/tenants/{t}", 0) != 0) {
      const outcome anywhere = expected_outcome(who.mappings, of.rights.front(), "");
      if (anywhere != outcome::granted) return anywhere;
    }
    const outcome here = expected_outcome(who.mappings, right, tenant);
    if (here != outcome::granted) return here;
  }
  return outcome::granted;
}

outcome outcome_of(const api::raw_answer& answer) {
  if (answer.status == 401) return outcome::unknown;
  if (answer.status == 403) return outcome::refused;
  const bool hidden = answer.status == 404 && answer.body.find("\"there is no tenant ") != std::string::npos;
  return hidden ? outcome::hidden : outcome::granted;
}

const char* word(outcome of) {
  constexpr std::array words{"granted", "refused (403)", "hidden (404)", "unknown (401)"};
  return words.at(static_cast<std::size_t>(of));
}

std::string request_of(const claim& of, std::string_view tenant, const std::string& headers) {
  std::string verb(of.route.substr(0, of.route.find(' ')));
  for (char& c : verb) c = static_cast<char>(c - 'a' + 'A');
  const std::string body = filled(of.body, tenant);
  return verb + " " + filled(of.target, tenant) + " HTTP/1.1\r\nLicaudit-Deletion-Secret: remove\r\n" + headers +
         (body.empty() && verb != "POST" && verb != "PUT" ? ""
                                                          : "Content-Length: " + std::to_string(body.size()) + "\r\n") +
         "\r\n" + body;
}

/// As somebody else only until the connection stands: the kernel remembers who connected.
class borrowed_user {
 public:
  borrowed_user(uid_t user, gid_t group, gid_t second) : before_(static_cast<std::size_t>(::getgroups(0, nullptr))) {
    if (::getgroups(static_cast<int>(before_.size()), before_.data()) < 0) throw std::runtime_error("getgroups");
    if (::setgroups(1, &second) != 0 || ::setegid(group) != 0 || ::seteuid(user) != 0)
      throw std::runtime_error("seteuid");
  }
  ~borrowed_user() {
    if (::seteuid(0) != 0 || ::setegid(0) != 0 || ::setgroups(before_.size(), before_.data()) != 0) std::abort();
  }
  borrowed_user(const borrowed_user&) = delete;
  borrowed_user& operator=(const borrowed_user&) = delete;

 private:
  std::vector<gid_t> before_;
};

class role_matrix : public guarded_host {
 protected:
  /// All claims of one identity at all tenants; `headers` say who he is, where the connection does not.
  void check(const identity& who, api::raw_client& client, const std::string& headers, bool at_listener) {
    for (const claim& one : all_claims()) {
      for (const std::string_view tenant : tenants) {
        const bool named = names_tenant(one);
        if (!named && tenant != tenants[0]) continue;
        outcome wanted = expected_of(who, one, named ? tenant : std::string_view());
        if (wanted == outcome::unknown && !at_listener) wanted = outcome::refused;
        ASSERT_TRUE(client.send(request_of(one, tenant, headers)));
        const api::raw_answer answer = client.read_answer();
        const outcome got = outcome_of(answer);
        EXPECT_EQ(got, wanted) << who.name << ": " << one.route << " of " << tenant << " " << one.body << ": "
                               << word(got) << ", by the table " << word(wanted) << "\n"
                               << answer.body;
        EXPECT_LT(answer.status, 500) << who.name << ": " << one.route << " of " << tenant << "\n" << answer.body;
        if (wanted == outcome::hidden) hidden[std::string(one.route)].insert(masked(answer.body, tenant));
        answers.push_back({std::string(one.route), answer});
      }
    }
  }

  static std::string masked(std::string text, std::string_view tenant) {
    for (std::size_t at = text.find(tenant); at != std::string::npos; at = text.find(tenant)) {
      text.replace(at, tenant.size(), "*");
    }
    return text;
  }

  std::map<std::string, std::set<std::string>> hidden;
  std::vector<std::pair<std::string, api::raw_answer>> answers;
};

TEST_F(role_matrix, has_every_route_that_exists_and_no_other) {
  std::set<std::string> claimed, existing;
  for (const claim& one : all_claims()) claimed.insert(std::string(one.route));
  const auto document = parse_json(ask("token-of-provider", "/v1/openapi.json").body);
  ASSERT_TRUE(document.has_value());
  for (const auto& path : document->at("paths").as_object()) {
    for (const auto& verb : path.value().as_object()) {
      existing.insert(std::string(verb.key()) + " " + std::string(path.key()));
    }
  }
  EXPECT_EQ(claimed, existing);
}

TEST(rights_table_test, has_no_right_that_nobody_claims) {
  std::set<std::string_view> rows, claimed;
  for (const table_row& one : rights_table) rows.insert(one.right);
  for (const claim& one : all_claims()) {
    claimed.insert(one.rights.begin(), one.rights.end());
    if (!one.under_partner.empty()) claimed.insert(one.under_partner);
  }
  EXPECT_EQ(claimed, rows);
}

TEST_F(role_matrix, holds_for_tokens_at_the_listener) {
  for (const identity& who : identities()) {
    api::raw_client client(port);
    check(who, client, "Authorization: Bearer token-of-" + who.name + "\r\n", true);
  }
  for (const auto& [route, bodies] : hidden) {
    EXPECT_EQ(bodies.size(), 1U) << route << ": a tenant of others looks like one that does not exist";
  }
}

TEST_F(role_matrix, holds_for_users_and_groups_at_the_socket) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can speak as somebody else";
  for (std::size_t i = 0; i < identities().size(); ++i) {
    const auto number = static_cast<unsigned>(i);
    // A group is the primary one of one half, and among the supplementary ones of the other.
    const unsigned group = first_group + number;
    const bool primary = i % 4 == 1;
    std::optional<api::raw_client> client;
    {
      const borrowed_user as(first_user + number, primary ? group : nobodys_group, primary ? nobodys_group : group);
      client.emplace(host.socket());
    }
    check(identities()[i], *client, "Authorization: Bearer token-of-provider\r\n", false);
  }
}

TEST_F(role_matrix, shows_subjects_by_name_only_to_those_who_may_see_names) {
  api::raw_client client(host.socket());
  for (const char* tenant : {"contoso", "fabrikam"}) {
    const std::string body = R"({"fields":{"lifecycle_template":"basic"}})";
    const api::raw_answer put =
        client.ask("PUT /v1/tenants/" + std::string(tenant) + "/users/ann%40example.com HTTP/1.1\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
    ASSERT_EQ(put.status, 200) << put.body;
  }
  const auto shown = [this](const std::string& who, const std::string& tenant) {
    return ask("token-of-" + who, "/v1/tenants/" + tenant + "/subjects").body;
  };
  for (const char* who : {"customer", "provider", "partner-subjects", "reseller-subjects"}) {
    const std::string tenant = "contoso";
    const bool at_seat = std::string_view(who) != "provider";
    EXPECT_THAT(shown(who, tenant), HasSubstr(at_seat ? "ann@example.com" : "403")) << who;
  }
  const std::string audited = shown("auditor-subjects", "fabrikam");
  EXPECT_THAT(audited, HasSubstr("\"subject\":null,\"key\":\""));
  EXPECT_THAT(audited, Not(HasSubstr("ann@")));
}

/// Refused calls are logged behind their answers.
TEST_F(role_matrix, logs_what_was_refused_with_its_caller_for_those_who_may_read_it) {
  const std::string token = "token " + to_hex(sha256("token-of-customer")).substr(0, 8);
  EXPECT_EQ(ask("token-of-customer", "/v1/rules").status, 403);
  EXPECT_EQ(ask("wrong", "/v1/rules").status, 401);
  const auto log = [this](const std::string& query, const std::string& accept) {
    return ask("token-of-provider", "/v1/operations?" + query, "Accept: " + accept + "\r\n");
  };
  std::string csv;
  const auto begun = std::chrono::steady_clock::now();
  while (csv.find("unknown token") == std::string::npos &&
         std::chrono::steady_clock::now() - begun < std::chrono::seconds(50)) {
    csv = log("type=refused", "text/csv").body;
  }
  EXPECT_THAT(csv, HasSubstr("\"refused\",\"" + token + "\""));
  EXPECT_THAT(csv, HasSubstr("\"refused\",\"unknown token\""));
  const std::string mine =
      log("type=refused&caller=" + token.substr(0, 5) + "%20" + token.substr(6), "application/json").body;
  EXPECT_THAT(mine, HasSubstr("inspect sources, rules and the ledger"));
  EXPECT_THAT(mine, Not(HasSubstr("unknown token")));
  EXPECT_THAT(log("type=refused&until=2020-01-01&since=2019-01-01", "application/json").body,
              HasSubstr("\"operations\":[]"));
  EXPECT_THAT(ask("token-of-customer", "/v1/operations?type=refused").body, Not(HasSubstr("unknown token")));
}

/// A validator of others judges every answer: those of the provider, and every refusal.
TEST_F(role_matrix, gets_answers_that_openapi_describes) {
  const identity& provider = identities().front();
  for (const identity* who : {&provider, &identities().back()}) {
    api::raw_client client(port);
    check(*who, client, "Authorization: Bearer token-of-" + who->name + "\r\n", true);
  }
  json::array checked;
  for (const auto& [route, answer] : answers) {
    checked.push_back(json::object{{"route", route},
                                   {"status", answer.status},
                                   {"type", answer.headers.at("Content-Type")},
                                   {"body", answer.body}});
  }
  const json::object all{{"openapi", parse_json(ask("token-of-provider", "/v1/openapi.json").body).value()},
                         {"answers", std::move(checked)}};
  const std::string script = std::string(LICAUDIT_SOURCE_DIRECTORY) + "/tests/daemon/access/validate_answers.py";
  const auto judged = run_program({"/usr/bin/env", "python3", script}, json::serialize(all));
  if (judged.status == 77) GTEST_SKIP() << judged.err;
  EXPECT_EQ(judged.status, 0) << judged.out << judged.err;
}

}  // namespace
}  // namespace licaudit::test
