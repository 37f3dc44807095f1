#include "bench/history/year_in_ledger.hpp"

#include "bench/timing.hpp"
#include "daemon/ledger/row_forms.hpp"

namespace licaudit::bench {
namespace {

constexpr auto factors = generated_year::factors;
constexpr auto licences = generated_year::licences;

}  // namespace

year_in_ledger::year_in_ledger(const std::filesystem::path& folder, const generated_year& year)
    : year_(year), book_(ledger::ledger::open(folder).value()) {
  for (std::size_t i = 0; i < year.tenants(); ++i) tenants_.push_back(generated_year::tenant_id(i));
  for (std::size_t i = 0; i < licences; ++i) licences_.push_back(generated_year::licence_id(i));
  for (std::size_t i = 0; i < factors; ++i) factors_.push_back(generated_year::factor_id(i));
  factor_since_.resize(tenants_.size() * factors);
  ledger::transaction tx(*book_);
  const auto sequence = tx.enter("inventory", year.now() - std::chrono::hours(1), {});
  for (const auto& id : tenants_) {
    tenant record;
    record.id = id;
    tx.put_tenant(sequence, id, "generated", record);
  }
  tx.commit();
}

year_in_ledger::committed year_in_ledger::commit() {
  const auto sequence = book_->head().sequence + 1;
  const auto changed = changed_rows(sequence);
  ledger::calculation_facts facts;
  facts.cause.kind = "schedule";
  facts.tenants = static_cast<std::int64_t>(tenants_.size());
  facts.root = tree_.root();
  const auto all = all_rows();
  committed made;
  made.seconds = seconds_of([&] {
    ledger::transaction tx(*book_);
    made.begins_month = tx.begins_month(year_.now());
    tx.add_calculation(year_.now(), facts);
    std::vector<ledger::numbered_row> numbered;
    for (const auto& [tenant, row] : made.begins_month ? all : changed) numbered.push_back(tx.number(tenant, row));
    tx.put_tallies(sequence, year_.now(), std::move(numbered));
    tx.commit();
  });
  return made;
}

/// Also moves on what is known of each number, and the leaves of the tenants.
year_in_ledger::rows year_in_ledger::changed_rows(std::int64_t sequence) {
  rows made;
  const bool first = first_ == 0;
  if (first) first_ = sequence;
  std::size_t last = tenants_.size();
  const auto take = [&](std::size_t place) {
    const auto tenant = place / factors;
    factor_since_[place] = sequence;
    add_factor(made, place);
    if (tenant != last) tree_.put(tenants_[tenant], ledger::leaf_of(year_.tally_of(tenant)));
    last = tenant;
  };
  for (const auto place : year_.changed()) take(place);
  for (std::size_t place = 0; first && place < factor_since_.size(); ++place) take(place);
  return made;
}

year_in_ledger::rows year_in_ledger::all_rows() {
  rows made;
  for (std::size_t tenant = 0; tenant < tenants_.size(); ++tenant) {
    made.emplace_back(tenants_[tenant], ledger::tally_row{{}, {}, 100, std::nullopt, 0, first_});
    for (const auto& licence : licences_)
      made.emplace_back(tenants_[tenant], ledger::tally_row{licence, {}, 0, std::nullopt, 0, first_});
    for (std::size_t i = 0; i < factors; ++i) add_factor(made, tenant * factors + i);
  }
  return made;
}

void year_in_ledger::add_factor(rows& to, std::size_t place) const {
  const auto factor = place % factors;
  const auto& value = year_.at(place);
  to.emplace_back(tenants_[place / factors],
                  ledger::tally_row{licences_[factor / generated_year::factors_each], factors_[factor], value.n1,
                                    value.n2, ledger::flag_on, factor_since_[place]});
}

}  // namespace licaudit::bench
