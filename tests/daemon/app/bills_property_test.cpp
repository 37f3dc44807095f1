// Bills of random months against a recomputation in the simplest code, which knows nothing but the operation log and
// the rows of the calculations.
#include "bills/plain_endings.hpp"
#include "bills/random_host.hpp"
#include "daemon/api/bill_document.hpp"
#include "daemon/ledger/observed_range.hpp"
#include "tests/scale.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace licaudit::app {
namespace {

using testing::IsEmpty;

constexpr int months_of_host = 25;

/// What only the document of a bill says is read from there.
plain_line plain(const billing::bill_line& line, const json::value& written) {
  plain_line made;
  made.licence = line.licence;
  made.parent = line.parent;
  made.when = line.when;
  made.is_sum = line.peak_of_sum.has_value();
  made.quantity = line.charged.quantity;
  made.included = api::amount_of(written.at("included"));
  made.over = api::amount_of(written.at("over"));
  if (line.peak_of_sum) made.peak_of_sum = line.peak_of_sum->quantity;
  if (line.charged.sequence != 0) {
    made.value_from = line.charged.when.from;
    made.calculation = line.charged.when.from == line.when.from ? 0 : line.charged.sequence;
  }
  made.observed_from = line.charged.observed_from;
  made.unobserved = line.charged.unobserved;
  made.held = line.charged.held;
  made.not_billable = {line.not_billable.begin(), line.not_billable.end()};
  return made;
}

std::vector<std::string> text_of(const std::vector<plain_line>& lines, const plain_ending& ending) {
  std::vector<std::string> made;
  made.reserve(lines.size());
  for (const auto& one : lines) made.push_back(to_text(one));
  const auto ends = to_texts(ending);
  made.insert(made.end(), ends.begin(), ends.end());
  return made;
}

/// Lines that only one side has.
std::vector<std::string> differences(const std::vector<std::string>& billed, const std::vector<std::string>& wanted) {
  std::vector<std::string> made;
  for (const auto& one : billed)
    if (std::find(wanted.begin(), wanted.end(), one) == wanted.end()) made.push_back("billed: " + one);
  for (const auto& one : wanted)
    if (std::find(billed.begin(), billed.end(), one) == billed.end()) made.push_back("wanted: " + one);
  if (made.empty() && billed != wanted) made.emplace_back("another order of lines");
  return made;
}

plain_terms terms_of(const factor_set& rules) {
  plain_terms made;
  made.how = billing::bases_of(rules);
  for (const auto& one : rules.licences)
    if (one.terms.limit) made.included[one.id] = one.terms.limit->included;
  return made;
}

api::month_bills bills_of(random_host& host, const std::string& tenant, std::chrono::year_month month) {
  api::bill_question question;
  question.tenant = tenant;
  question.month = month;
  question.now = host.now();
  question.longest_silence = longest_silence;
  return api::bills_of(host.reader().observed(api::range_of(question)).value(), question);
}

/// Its lines, what was corrected and what is charged in the end.
std::vector<std::string> bill_text(const api::month_bills& bills, const std::string& tenant) {
  const auto* sheet = bills.find(tenant);
  const auto document = parse_json(api::bill_document(bills, *sheet)).value();
  std::vector<plain_line> lines;
  for (const auto& line : sheet->counted->lines) lines.push_back(plain(line, document.at("licences").at(lines.size())));
  plain_ending ending;
  for (const auto& one : document.at("corrections").as_array()) {
    const plain_correction made{{},
                                std::string(one.at("tenant").as_string()),
                                std::string(one.at("licence").as_string()),
                                one.at("quantity").as_int64()};
    ending.corrections.push_back(to_text(made, api::amount_of(one.at("was"))));
  }
  for (const auto& one : document.at("charged").as_array())
    ending.charged[std::string(one.at("licence").as_string())] = api::amount_of(one.at("quantity"));
  return text_of(lines, ending);
}

void compare(random_host& host, const plain_bills& wanted, std::chrono::year_month month) {
  const auto all = bills_of(host, "host", month);
  // Whoever is asked for alone is billed the same.
  const auto tenants = wanted.tenants();
  const auto& one =
      *std::next(tenants.begin(), static_cast<std::ptrdiff_t>(static_cast<unsigned>(month.month()) % tenants.size()));
  EXPECT_EQ(bill_text(bills_of(host, one, month), one), bill_text(all, one));
  plain_sheets sheets;
  for (const auto& tenant : tenants) sheets[tenant] = wanted.bill_of(tenant);
  const auto endings = endings_of(wanted, sheets);
  for (const auto& [tenant, lines] : sheets)
    ASSERT_THAT(differences(bill_text(all, tenant), text_of(lines, endings.at(tenant))), IsEmpty())
        << tenant << " in " << licaudit::to_text(month);
}

/// Twenty commits a month that wait for a disk are nothing that is asked here.
class bills_property : public ::testing::Test {
 protected:
  bills_property() {
    if (access("/dev/shm", W_OK) == 0) setenv("TMPDIR", "/dev/shm", 1);
  }
  ~bills_property() override { before_.empty() ? unsetenv("TMPDIR") : setenv("TMPDIR", before_.c_str(), 1); }

 private:
  std::string before_ = std::getenv("TMPDIR") == nullptr ? "" : std::getenv("TMPDIR");
};

}  // namespace

/// A month of a host is one sequence: some twenty orders, moves, readings and what else befalls it. Hosts live on for
/// two years, so that months begin with what the one before left. 300 months; of the long suite 10,000.
TEST_F(bills_property, agree_with_the_operation_log_and_the_calculations) {
  std::vector<std::uint32_t> seeds{34};  // where what a month came to changed after its end
  for (std::size_t i = 1; i <= scaled(test_scale() < 10 ? 12 : 40); ++i) seeds.push_back(static_cast<std::uint32_t>(i));
  for (const auto seed : seeds) {
    random_host host(seed, parse_rfc3339("2026-11-02T10:00:00Z").value());
    const auto first = std::chrono::year(2026) / std::chrono::November;
    for (int i = 0; i <= months_of_host; ++i) {
      host.live_through(first + std::chrono::months(i));
      host.decide_on_bills(first + std::chrono::months(i));
    }
    const auto history = history_of(host.book().file(), host.root_zone());
    const auto terms = terms_of(host.how.rules->set());
    for (int i = 0; i < months_of_host; ++i) {
      const auto month = first + std::chrono::months(i);
      compare(host, plain_bills(history, terms, month, longest_silence), month);
      ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
  }
}

}  // namespace licaudit::app
