#include "model/tenant.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

const std::string sample =
    R"({'kind':'tenant','id':' contoso ','name':'Contoso Ltd\r\n','parent':'northwind','type':'customer',
  'service':'direct-routing-pro','time_zone':'Europe/London','ms_tenant_id':' 1-2 ','customer_guid':'g','monitored':812,
  'sites':[{'name':' London ','pstn_gateway':'sb1 ','former_gateways':[{'gateway':' old ','until':'2026-07-01'},
      {'gateway':'older','until':'2026-01-31T12:00:00+01:00'},{'gateway':'oldest'}]},{}],
  'acquired':{'ump':500,'storage':0},'settings':{'retention':' 9 months ','limit':5.5},'attributes':{'region':' emea ','deep':{'x':[1]}},
  'application_settings':{'ToMatch':' '},'criteria':{'ump/direct-routing':{'match':[{'tag':'x'}],'reject':[]}},
  'formerly':['contoso-old']})";

tenant read(const std::string& text) {
  return tenant_from_json(relaxed(text)).value();
}
std::string problem(const std::string& keys) {
  return problem_of(tenant_from_json(relaxed("{'id':'a'" + keys + "}")));
}

TEST(tenant_test, names_its_types_from_the_root_down) {
  for (const auto type : {tenant_type::provider, tenant_type::reseller, tenant_type::partner, tenant_type::customer}) {
    EXPECT_EQ(parse_tenant_type(to_text(type)).value(), type);
  }
  EXPECT_LT(tenant_type::provider, tenant_type::customer);
  EXPECT_EQ(problem_of(parse_tenant_type("dealer")),
            "'dealer' is no type of tenant: expected provider, reseller, partner or customer");
}

TEST(tenant_test, reads_and_trims_its_texts) {
  const auto contoso = read(sample);
  EXPECT_EQ(contoso.id, "contoso");
  EXPECT_EQ(contoso.name, "Contoso Ltd");
  EXPECT_EQ(contoso.parent, "northwind");
  EXPECT_EQ(contoso.type, tenant_type::customer);
  EXPECT_EQ(contoso.service, "direct-routing-pro");
  EXPECT_EQ(contoso.ms_tenant_id, "1-2");
  EXPECT_EQ(contoso.monitored, 812);
  EXPECT_EQ(contoso.acquired.at("ump"), 500);
  EXPECT_EQ(contoso.settings.at("retention").as_string(), "9 months");
  EXPECT_EQ(contoso.attributes.at("region").as_string(), "emea");
  EXPECT_EQ(contoso.formerly, std::vector<std::string>{"contoso-old"});
}

TEST(tenant_test, keeps_the_blanks_of_patterns) {
  EXPECT_EQ(read(sample).application_settings.at("ToMatch"), " ");
}

TEST(tenant_test, reads_sites_with_every_text) {
  const auto contoso = read(sample);
  ASSERT_EQ(contoso.sites.size(), 2U);
  EXPECT_EQ(contoso.sites[0].text("name"), "London");
  EXPECT_EQ(contoso.sites[0].text("pstn_gateway"), "sb1");
  EXPECT_EQ(contoso.sites[0].text("none"), "");
  EXPECT_EQ(contoso.sites[1], site{});
}

TEST(tenant_test, ends_a_former_gateway_with_the_day_in_its_time_zone) {
  const auto former = read(sample).sites.at(0).former_gateways;
  ASSERT_EQ(former.size(), 3U);
  EXPECT_EQ(former[0], (former_gateway{"old", at("2026-07-01T23:00:00Z")}));
  EXPECT_EQ(former[1], (former_gateway{"older", at("2026-01-31T11:00:00Z")}));
  EXPECT_EQ(former[2], (former_gateway{"oldest", std::nullopt}));
  const auto utc = read("{'id':'a','sites':[{'former_gateways':[{'gateway':'x','until':'2026-07-01'}]}]}");
  EXPECT_EQ(utc.sites[0].former_gateways[0].until, at("2026-07-02T00:00:00Z"));
}

TEST(tenant_test, reads_its_own_criteria) {
  const auto own = read(sample).criteria.at("ump/direct-routing");
  EXPECT_FALSE(own.configured);
  ASSERT_TRUE(own.match);
  EXPECT_EQ(own.match->size(), 1U);
  ASSERT_TRUE(own.reject);  // an empty list is a list: none is rejected
  EXPECT_TRUE(own.reject->empty());
}

TEST(tenant_test, reads_back_what_it_writes) {
  const auto contoso = read(sample);
  EXPECT_EQ(tenant_from_json(to_json(contoso)).value(), contoso);
  EXPECT_EQ(tenant_from_json(parsed(canonical_json(to_json(contoso)))).value(), contoso);
}

TEST(tenant_test, leaves_out_what_is_absent) {
  EXPECT_EQ(canonical_json(to_json(read("{'id':'a'}"))), R"({"id":"a","type":"customer"})");
  EXPECT_EQ(
      read("{'id':'a','name':null,'monitored':null,'sites':null,'criteria':{'l/f':{'match':null}}}").criteria.at("l/f"),
      criteria_override{});
}

TEST(tenant_test, gives_the_texts_that_placeholders_name) {
  const auto contoso = read(sample);
  EXPECT_EQ(contoso.text("id"), "contoso");
  EXPECT_EQ(contoso.text("type"), "customer");
  EXPECT_EQ(contoso.text("ms_tenant_id"), "1-2");
  EXPECT_EQ(contoso.text("region"), "emea");
  EXPECT_EQ(contoso.text("deep"), "");
  EXPECT_EQ(contoso.text("none"), "");
}

TEST(tenant_test, prefers_an_own_key_to_an_attribute) {
  const auto value = read("{'id':'a','attributes':{'name':'other','customer_guid':'other'},'name':'own'}");
  EXPECT_EQ(value.text("name"), "own");
  EXPECT_EQ(value.text("customer_guid"), "");
}

TEST(tenant_test, names_the_tenant_and_the_key_that_is_wrong) {
  EXPECT_EQ(problem(",'acquired':[]"), "tenant a: acquired: expected a map, found a list");
  EXPECT_EQ(problem(",'acquired':{'ump':'500'}"), "tenant a: acquired: ump: expected a whole number, found '500'");
  EXPECT_EQ(problem(",'acquired':{'ump':-1}"),
            "tenant a: acquired: ump: expected a whole number from 0 to 1000000000000, found -1");
  EXPECT_EQ(problem(",'acquired':{'u p':1}"),
            "tenant a: acquired: expected a map from names of licences to whole numbers, found a map");
  EXPECT_EQ(problem(",'type':'dealer'"),
            "tenant a: type: expected provider, reseller, partner or customer, found 'dealer'");
  EXPECT_EQ(problem(",'time_zone':'Mars'"),
            "tenant a: time_zone: expected an IANA time zone like Europe/London, found 'Mars'");
  EXPECT_EQ(problem(",'monitored':-1"),
            "tenant a: monitored: expected a whole number from 0 to 1000000000000, found -1");
  EXPECT_EQ(problem(",'parent':'a/b'"),
            "tenant a: parent: expected 1 to 128 letters, digits, '.', '_' or '-', found 'a/b'");
  EXPECT_EQ(problem(",'name':5"), "tenant a: name: expected a text, found 5");
  EXPECT_EQ(problem(",'formerly':['a b']"), "tenant a: formerly: expected a list of earlier ids, found a list");
  EXPECT_EQ(problem(",'settings':{'x':true}"), "tenant a: settings: x: expected a text or a number, found true");
  EXPECT_EQ(problem(",'application_settings':{'x':1}"), "tenant a: application_settings: x: expected a text, found 1");
}

TEST(tenant_test, names_the_site_or_criterion_that_is_wrong) {
  EXPECT_EQ(problem(",'sites':[{},{'pstn_gateway':5}]"), "tenant a: sites[1]: pstn_gateway: expected a text, found 5");
  EXPECT_EQ(problem(",'sites':[{'former_gateways':[{'until':'2026-01-01'}]}]"),
            "tenant a: sites[0]: former_gateways: gateway: expected a text, found nothing");
  EXPECT_EQ(problem(",'sites':[{'former_gateways':[{'gateway':'g','until':'soon'}]}]"),
            "tenant a: sites[0]: former_gateways: until: expected a day like 2026-11-21 or an instant like "
            "2026-11-21T23:00:00Z, found 'soon'");
  EXPECT_EQ(problem(",'criteria':{'ump':{}}"),
            "tenant a: criteria: expected a map from licence/factor to the tenant's own criteria, found a map");
  EXPECT_EQ(problem(",'criteria':{'l/f':{'match':[{}]}}"),
            "tenant a: criteria: l/f: match[0]: expected at least one field with its regex, found none");
  EXPECT_EQ(problem(",'criteria':{'l/f':{'matches':[]}}"),
            "tenant a: criteria: l/f: unknown key 'matches'; known are configured, match, reject");
}

TEST(tenant_test, refuses_unknown_keys_and_bad_ids) {
  EXPECT_NE(problem(",'enabled':true").find("tenant a: unknown key 'enabled'; known are "), std::string::npos);
  EXPECT_EQ(problem_of(tenant_from_json(relaxed("{'name':'x'}"))), "tenant: id: expected a text, found nothing");
  EXPECT_EQ(problem_of(tenant_from_json(relaxed("{'id':'a b'}"))),
            "tenant 'a b': id: expected 1 to 128 letters, digits, '.', '_' or '-', found 'a b'");
  EXPECT_EQ(problem_of(tenant_from_json(relaxed("[]"))), "tenant: expected a map, found a list");
}

}  // namespace
}  // namespace licaudit
