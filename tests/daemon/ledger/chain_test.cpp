#include "daemon/ledger/chain.hpp"

#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

TEST(chain_test, hashes_the_canonical_form_of_an_entry) {
  const digest payload = sha256("{}"), none{};
  const std::string form = R"({"at":1700000000123,"kind":"operation","payload":")" + to_hex(payload) +
                           R"(","previous":")" + std::string(64, '0') + R"(","sequence":1})";
  EXPECT_EQ(entry_hash(1, "operation", 1700000000123, payload, none), sha256(form));
}

TEST(chain_test, every_part_of_an_entry_moves_its_hash) {
  const digest a = sha256("a"), b = sha256("b");
  const digest whole = entry_hash(1, "operation", 5, a, a);
  EXPECT_NE(whole, entry_hash(2, "operation", 5, a, a));
  EXPECT_NE(whole, entry_hash(1, "inventory", 5, a, a));
  EXPECT_NE(whole, entry_hash(1, "operation", 6, a, a));
  EXPECT_NE(whole, entry_hash(1, "operation", 5, b, a));
  EXPECT_NE(whole, entry_hash(1, "operation", 5, a, b));
}

TEST(chain_test, hashes_salt_and_canonical_form_of_a_version) {
  const std::string form = R"({"fields":"{\"upn\":\"a\"}","id":"a","kind":0,"quantity":1,"tenant":"acme"})";
  EXPECT_EQ(version_digest("salt", "acme", 0, "a", 1, R"({"upn":"a"})"), sha256("salt" + form));
  const std::string left = R"({"fields":null,"id":"a","kind":0,"quantity":0,"tenant":"acme"})";
  EXPECT_EQ(version_digest("salt", "acme", 0, "a", 0, ""), sha256("salt" + left));
}

TEST(chain_test, every_part_of_a_version_moves_its_digest) {
  const digest whole = version_digest("s", "acme", 0, "a", 1, "{}");
  EXPECT_NE(whole, version_digest("t", "acme", 0, "a", 1, "{}"));
  EXPECT_NE(whole, version_digest("s", "apex", 0, "a", 1, "{}"));
  EXPECT_NE(whole, version_digest("s", "acme", 1, "a", 1, "{}"));
  EXPECT_NE(whole, version_digest("s", "acme", 0, "b", 1, "{}"));
  EXPECT_NE(whole, version_digest("s", "acme", 0, "a", 2, "{}"));
  EXPECT_NE(whole, version_digest("s", "acme", 0, "a", 1, ""));
}

TEST(chain_test, sums_up_versions_by_count_and_one_digest) {
  versions_digest none, two, turned;
  EXPECT_EQ(canonical_json(none.form()), R"({"count":0,"digest":")" + to_hex(sha256("")) + "\"}");
  const digest a = sha256("a"), b = sha256("b");
  two.add("k1", a);
  two.add("k2", b);
  turned.add("k2", b);
  turned.add("k1", a);
  const std::string bytes = "k1" + std::string(bytes_of(a)) + "k2" + std::string(bytes_of(b));
  const std::string form = canonical_json(two.form());
  EXPECT_EQ(form, R"({"count":2,"digest":")" + to_hex(sha256(bytes)) + "\"}");
  EXPECT_NE(form, canonical_json(turned.form()));
}

}  // namespace
}  // namespace licaudit::ledger
