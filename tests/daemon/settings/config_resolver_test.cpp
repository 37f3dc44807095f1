#include "daemon/settings/config_resolver.hpp"

#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>
#include <boost/json/serialize.hpp>

#include <cstdlib>

namespace licaudit::settings {
namespace {

class config_resolver : public settings_folder {
 protected:
  config_resolver() {
    contoso_.id = "contoso";
    contoso_.name = " Contoso/Ltd ";
    contoso_.attributes["zone"] = "north";
    unsetenv("CREDENTIALS_DIRECTORY");
  }
  ~config_resolver() override { unsetenv("CREDENTIALS_DIRECTORY"); }

  /// As JSON, without the folder's own path; or the failure.
  [[nodiscard]] std::string resolve(const char* config, bool for_each = true) const {
    source_settings source;
    source.name = "sbc";
    source.directory = folder_ / "sources.d";
    source.config = parse_json(config).value().as_object();
    const auto got = resolve_config(source, for_each ? &contoso_ : nullptr);
    std::string text = got ? json::serialize(*got) : got.error().detail;
    for (auto at = text.find(folder_.string()); at != std::string::npos; at = text.find(folder_.string())) {
      text.replace(at, folder_.string().size(), "~");
    }
    return text;
  }

  tenant contoso_;
};

TEST_F(config_resolver, fills_fields_of_the_tenant_at_any_depth) {
  EXPECT_EQ(resolve(R"({"a":"<${tenant.id}|${tenant.name}>","b":[{"c":"${tenant.zone}"}],"n":5,"t":true,"z":null})"),
            R"({"a":"<contoso|Contoso/Ltd>","b":[{"c":"north"}],"n":5,"t":true,"z":null})");
  EXPECT_EQ(resolve(R"({"a":"$ {x} $5"})", false), R"({"a":"$ {x} $5"})");
}

TEST_F(config_resolver, refuses_what_it_cannot_fill) {
  EXPECT_EQ(resolve(R"({"a":{"b":["${tenant.ms_tenant_id}"]}})"),
            "source sbc: config.a.b[0]: tenant contoso has no ms_tenant_id, which the text names");
  EXPECT_EQ(resolve(R"({"a":"${site.name}"})"), "source sbc: config.a: holds a ${ that is no ${tenant.FIELD}");
  EXPECT_EQ(resolve(R"({"a":"${tenant.id}"})", false),
            "source sbc: config.a: names a field of a tenant, but the source has no for_each");
}

TEST_F(config_resolver, makes_paths_absolute) {
  EXPECT_EQ(
      resolve(R"({"path":"a.ini","users":"../u.json","policies":"/p","routes":["r","s"],"other":"a.ini",
                       "more":"./b","up":"../c","url":"https://x/../y","deep":{"path":"d"}})"),
      R"({"path":"~/sources.d/a.ini","users":"~/u.json","policies":"/p","routes":["~/sources.d/r","~/sources.d/s"],)"
      R"("other":"a.ini","more":"~/sources.d/b","up":"~/c","url":"https://x/../y","deep":{"path":"d"}})");
}

TEST_F(config_resolver, lets_no_tenant_choose_another_folder) {
  EXPECT_EQ(resolve(R"({"path":"/srv/${tenant.id}.ini"})"), R"({"path":"/srv/contoso.ini"})");
  EXPECT_EQ(resolve(R"({"path":"/srv/${tenant.name}.ini"})"),
            "source sbc: config.path: tenant contoso has the name 'Contoso/Ltd', which cannot be part of a path");
  EXPECT_EQ(resolve(R"({"file":"/srv/${tenant.name}"})"),
            "source sbc: config.file: tenant contoso has the name 'Contoso/Ltd', which cannot be part of a path");
  contoso_.id = "..";
  EXPECT_EQ(resolve(R"({"path":"/srv/${tenant.id}/passwd"})"),
            "source sbc: config.path: tenant .. has the id '..', which cannot be part of a path");
}

TEST_F(config_resolver, reads_secrets_from_files) {
  write("sources.d/secret", "s3cret \r\n\n");
  EXPECT_EQ(resolve(R"({"key":{"file":"secret"},"keys":[{"file":"../sources.d/secret"}]})"),
            R"({"key":"s3cret ","keys":["s3cret "]})");
  write("sources.d/contoso", "own\n");
  EXPECT_EQ(resolve(R"({"key":{"file":"${tenant.id}"}})"), R"({"key":"own"})");
  EXPECT_EQ(resolve(R"({"key":{"file":"none"}})"),
            "source sbc: config.key: ~/sources.d/none: No such file or directory");
  EXPECT_EQ(resolve(R"({"key":{"file":"."}})"), "source sbc: config.key: ~/sources.d/: this is not a regular file");
  EXPECT_EQ(resolve(R"({"key":{"file":5}})"), "source sbc: config.key: needs the path of a file");
  write("sources.d/large", std::string((64U << 10U) + 1, 'x'));
  EXPECT_EQ(resolve(R"({"key":{"file":"large"}})"),
            "source sbc: config.key: ~/sources.d/large: more than 64 KiB, which is no secret");
  write("sources.d/binary", "s3cret\xff");
  EXPECT_EQ(resolve(R"({"key":{"file":"binary"}})"),
            "source sbc: config.key: ~/sources.d/binary: this is not a text in UTF-8");
}

TEST_F(config_resolver, keeps_a_map_that_only_looks_like_a_secret) {
  EXPECT_EQ(resolve(R"({"key":{"file":"x","mode":"r"}})"), R"({"key":{"file":"x","mode":"r"}})");
  EXPECT_EQ(resolve(R"({"file":"x"})"), R"({"file":"x"})");
}

TEST_F(config_resolver, reads_credentials_of_systemd) {
  EXPECT_EQ(resolve(R"({"key":{"credential":"teams"}})"),
            "source sbc: config.key: no $CREDENTIALS_DIRECTORY for the credential teams: the unit needs "
            "LoadCredential=teams");
  write("credentials/teams", "t0ken\n");
  write("outside", "x");
  setenv("CREDENTIALS_DIRECTORY", (folder_ / "credentials").c_str(), 1);
  EXPECT_EQ(resolve(R"({"key":{"credential":"teams"}})"), R"({"key":"t0ken"})");
  EXPECT_EQ(resolve(R"({"key":{"credential":"../outside"}})"),
            "source sbc: config.key: '../outside' is no name of a credential");
  EXPECT_EQ(resolve(R"({"key":{"credential":".."}})"), "source sbc: config.key: '..' is no name of a credential");
}

}  // namespace
}  // namespace licaudit::settings
