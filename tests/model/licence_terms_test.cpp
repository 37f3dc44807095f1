#include "model/licence_terms.hpp"

#include "model/factor_set.hpp"

#include <gtest/gtest.h>

namespace licaudit {
namespace {

const unit_scale retention{"retention", {0, 3}, {14, 0}};

std::optional<std::int64_t> units_for(std::string_view setting) {
  const auto length = parse_term(setting);
  if (!length) return std::nullopt;
  const auto units = units_of(retention, *length);
  return units ? std::optional(*units) : std::nullopt;
}

TEST(licence_terms, retention_of_14_days_3_9_15_and_10_months) {
  EXPECT_EQ(units_for("14 days"), 0);
  EXPECT_EQ(units_for("2 weeks"), 0);
  EXPECT_EQ(units_for("0 days"), 0);
  EXPECT_EQ(units_for("3 months"), 1);
  EXPECT_EQ(units_for("9 months"), 3);
  EXPECT_EQ(units_for("15 months"), 5);
  EXPECT_EQ(units_for("1 year"), 4);
  EXPECT_EQ(units_for("10 months"), std::nullopt);
  EXPECT_EQ(units_for("15 days"), std::nullopt);
}

TEST(licence_terms, a_length_that_does_not_fit_is_refused_with_what_would) {
  const auto refused = units_of(retention, {0, 10});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "retention: 10 months is neither 14 days or fewer nor a multiple of 3 months");
}

TEST(licence_terms, a_length_is_a_number_and_a_word) {
  EXPECT_EQ(parse_term(" 3 months ").value(), (term{0, 3}));
  EXPECT_EQ(parse_term("1month").value(), (term{0, 1}));
  EXPECT_EQ(parse_term("1 year and 3 months").value(), (term{0, 15}));
  EXPECT_EQ(parse_term("2 years 1 month").value(), (term{0, 25}));
  for (const auto* text : {"", "3", "months", "-3 months", "3.5 months", "3 moons", "1 year and",
                           "99999 months 99999 months", "999999999 days", "3 months 2 days"})
    EXPECT_FALSE(parse_term(text)) << text;
  EXPECT_EQ(to_text(term{1, 0}), "1 day");
  EXPECT_EQ(to_text(term{0, 12}), "12 months");
}

constexpr const char* catalogue = R"({"services":{},"licences":[{"id":"a","title":"A",
  "billing":{"of":"acquired","by":"peak"},"deprecated":{"successor":["b"]},"grace":{"percent":10,"days":14},
  "limit":{"included":5000,"unit":"minute","period":"month"},"multiple":5,"pool":"units","requires":["voice"],
  "warn":{"available":"5%"},
  "factors":[{"id":"f","title":"F","subject":"meter","priority":1,"switchable":false,"unit":"minute",
    "units":{"per":"retention","step":"3 months","free":"14 days"},"package":{"size":500,"unit":"GB"},
    "count":"expanded"}]}]})";

TEST(licence_terms, come_back_from_the_text_of_a_rule_revision) {
  const auto given = parse_json(catalogue).value();
  const auto rules = factor_set_from_json(given);
  ASSERT_TRUE(rules) << rules.error().detail;
  EXPECT_EQ(canonical_json(to_json(*rules)), canonical_json(given));
  const auto& terms = rules->licences.at(0).terms;
  EXPECT_TRUE(terms.is_deprecated());
  EXPECT_EQ(terms.pool, pool_kind::units);
  EXPECT_EQ(terms.multiple, 5);
  EXPECT_EQ(terms.limit->included, 5000);
  EXPECT_TRUE(terms.warn->percent);
  EXPECT_EQ(rules->licences.at(0).factors.at(0).counting.package->size, 500);
}

TEST(licence_terms, what_is_wrong_is_refused_by_its_key) {
  for (const auto* terms : {R"("limit":{"included":-1})", R"("limit":{"period":"week"})", R"("pool":"shared")",
                            R"("warn":{"available":"105%"})", R"("warn":{})", R"("grace":{"percent":1.5,"days":2})",
                            R"("requires":["no such name!"])", R"("deprecated":{"successors":[]})",
                            R"("limit":{"included":1,"colour":"red"})", R"("multiple":1)", R"("multiple":2.5)"}) {
    const auto rules = factor_set_from_json(
        parse_json(R"({"licences":[{"id":"a",)" + std::string(terms) + R"(,"factors":[]}]})").value());
    EXPECT_FALSE(rules) << terms;
  }
  for (const auto* terms : {R"("units":{"per":"r","step":"3 days"})", R"("package":{"size":0,"unit":"GB"})",
                            R"("count":"all")", R"("units":{"per":"r","step":"3 months","free":"1 month"})"}) {
    const auto rules = factor_set_from_json(
        parse_json(R"({"licences":[{"id":"a","factors":[{"id":"f",)" + std::string(terms) + "}]}]}").value());
    EXPECT_FALSE(rules) << terms;
  }
}

}  // namespace
}  // namespace licaudit
