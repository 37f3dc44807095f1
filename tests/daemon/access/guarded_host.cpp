#include "tests/daemon/access/guarded_host.hpp"

#include "model/digest.hpp"

#include <charconv>
#include <filesystem>

namespace licaudit::test {

const std::vector<identity>& identities() {
  static const std::vector<identity> all{
      {"provider", {{"provider", ""}}},
      {"provider-north", {{"provider", "north"}}},
      {"reseller", {{"reseller", "north"}}},
      {"reseller-subjects", {{"reseller", "north", false, true}}},
      {"partner", {{"partner", "albion"}}},
      {"partner-subjects", {{"partner", "albion", false, true}}},
      {"customer", {{"customer", "contoso"}}},
      {"customer-update", {{"customer", "contoso", true}}},
      {"auditor", {{"auditor", ""}}},
      {"auditor-north", {{"auditor", "north"}}},
      {"auditor-subjects", {{"auditor", "north", false, true}}},
      {"two-hats", {{"partner", "albion"}, {"customer", "tailspin", true}}},
      {"reseller-and-auditor", {{"reseller", "south"}, {"auditor", ""}}},
      {"stranger", {}},
  };
  return all;
}

void guarded_host::SetUp() {
  const std::filesystem::path folder = host.folder() / "demo";
  for (const char* unused : {"tenants.d", "sources.d"}) std::filesystem::remove_all(folder / unused);
  std::filesystem::create_directory(folder / "tenants.d");
  std::filesystem::permissions(host.folder(), std::filesystem::perms(0755));
  host.write("tenants.d/all.yaml", tenants_file());
  host.write("licauditd.yaml", settings());
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const std::string said = host.said();
  const std::string mark = "http://127.0.0.1:";
  const std::size_t at = said.find(mark);
  ASSERT_NE(at, std::string::npos) << said;
  std::from_chars(said.data() + at + mark.size(), said.data() + said.size(), port);
}

std::string guarded_host::settings() {
  std::string text =
      "state: state\nsocket: { path: licaudit.sock, mode: '0666' }\nhttp: { listen: 127.0.0.1:0 }\n"
      "factors: ../factors.d/*.yaml\ntenants: tenants.d/*.yaml\ndeletion_secret_sha256: " +
      to_hex(sha256("remove")) + "\naccess:\n";
  text += "  - { token_sha256: " + to_hex(sha256("expired")) + ", role: provider, expires: 2020-01-01 }\n";
  for (std::size_t i = 0; i < identities().size(); ++i) {
    const identity& one = identities()[i];
    for (const mapping& of : one.mappings) {
      std::string rest = ", role: " + std::string(of.role);
      if (!of.tenant.empty()) rest += ", tenant: " + std::string(of.tenant);
      if (of.update) rest += ", update: true";
      if (of.subjects) rest += ", subjects: true";
      text += "  - { token_sha256: " + to_hex(sha256("token-of-" + one.name)) + rest + " }\n";
      // Users and groups by turns; without an entry in /etc, as numbers.
      text += (i % 2 == 0 ? "  - { user: " + std::to_string(first_user + i)
                          : "  - { group: " + std::to_string(first_group + i)) +
              rest + " }\n";
    }
  }
  return text;
}

api::raw_answer guarded_host::ask(const std::string& token, const std::string& target, const std::string& headers) {
  api::raw_client client(port);
  return client.ask("GET " + target + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n" + headers + "\r\n");
}

}  // namespace licaudit::test
