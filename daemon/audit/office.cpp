// Runs, calculations and reloads; office_accept.cpp has what waits of sources, office_apply.cpp Apply,
// office_decisions.cpp tenants and local subjects.
#include "daemon/audit/office.hpp"

#include "daemon/audit/desk.hpp"
#include "daemon/audit/metering.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

tenant_set every_tenant(desk& all) {
  tenant_set found;
  for (auto& [id, slot] : all.tenants.all()) found.insert(&slot);
  return found;
}

/// n1 and n2 by licence and factor.
using counts = std::map<std::pair<std::string_view, std::string_view>, std::pair<std::int64_t, std::int64_t>>;

counts fresh_counts(const factors::engine& fresh, const tenant_slot& slot, switch_positions& positions) {
  std::vector<factors::factor_sum> sums;
  fresh.count(fresh.index_of(slot.id()).value(), positions.of(slot).board, sums);
  counts made;
  auto sum = sums.begin();
  for (const auto& licence : fresh.current().set().licences)
    for (const auto& factor : licence.factors) {
      if (factor.applies_to(slot.record->service)) made[{licence.id, factor.id}] = {sum->n1, sum->n2};
      ++sum;
    }
  return made;
}

/// What a reload may change here, for its operation.
json::object form_of(const policy& how) {
  json::array sources;
  for (const auto& one : how.sources) sources.emplace_back(one.name);
  json::object form{{"rules", how.rules->revision().name}, {"rules_automatic", how.rules_automatic}};
  form["sources"] = std::move(sources);
  form["guard"] =
      json::object{{"shrink_percent", how.shrink_percent}, {"swing_percent", how.swing_percent}, {"least", how.least}};
  return form;
}

/// The policy's rules become effective now: at the first start, and where they are automatic.
std::int64_t enter_rules(desk& all, ledger::transaction& tx, instant at, const std::string& caller) {
  const auto& revision = all.how.rules->revision();
  operation what;
  what.at = at;
  what.type = "rules";
  what.caller = caller;
  what.text = "rules " + revision.name.substr(0, 12) + " in force";
  what.detail["before"] = all.book.rules_text() ? json::value(all.effective->revision().name) : json::value(nullptr);
  what.detail["after"] = revision.name;
  const auto sequence = tx.add_operation(what);
  tx.keep_rules(revision);
  tx.put_rules_in_force(sequence, at, revision.name);
  all.rules_since = at;
  return sequence;
}

}  // namespace

office::office(std::unique_ptr<desk> all) : desk_(std::move(all)) {}

office::~office() = default;

result<std::unique_ptr<office>> office::open(ledger::ledger& book, policy how, std::function<instant()> clock) {
  auto made = open_shown(book, std::move(how), std::move(clock));
  if (!made) return made;
  if (auto read = (*made)->read_inventory(); !read) return read.error();
  return made;
}

result<std::unique_ptr<office>> office::open_shown(ledger::ledger& book, policy how, std::function<instant()> clock) {
  auto all = std::make_unique<desk>(book, std::move(how), std::move(clock));
  if (auto loaded = all->load_shown(); !loaded) return loaded.error();
  std::unique_ptr<office> made(new office(std::move(all)));
  if (!book.rules_text()) {
    auto entered = made->desk_->in_transaction([&](ledger::transaction& tx) -> result<std::int64_t> {
      return enter_rules(*made->desk_, tx, made->desk_->next_instant(), "licauditd");
    });
    if (!entered) return entered.error();
  }
  made->desk_->publish();
  return made;
}

result<void> office::read_inventory() {
  if (auto loaded = desk_->load_inventory(); !loaded) return loaded;
  desk_->publish();
  const bool rules_wait = desk_->engine.has_candidate() && desk_->how.rules_automatic;
  if (rules_wait || desk_->has_untold_sources())
    if (auto adopted = adopt(desk_->how, "licauditd"); !adopted) return adopted.error();
  return {};
}

void office::tell_of_commits(std::function<void()> notice) {
  desk_->committed_notice = std::move(notice);
}

std::shared_ptr<const view> office::current() const {
  return std::atomic_load(&desk_->published);
}

result<ledger::given_inventory> office::given(const std::string& source) {
  return desk_->book.given(source);
}

result<std::string> office::cursor(const std::string& source) {
  return desk_->book.cursor(source);
}

result<run_outcome> office::take(ledger::delivery run) {
  return desk_->take(std::move(run));
}

result<calculation_stamp> office::calculate(const calculation_cause& cause) {
  return desk_->in_transaction([&](ledger::transaction& tx) -> result<calculation_stamp> {
    return desk_->calculate(tx, cause, desk_->next_instant(), std::nullopt, {}, {});
  });
}

result<done> office::adopt(policy how, const std::string& caller) {
  const auto before = form_of(desk_->how);
  if (auto taken = desk_->take_policy(std::move(how)); !taken) return taken.error();
  const bool now = desk_->engine.has_candidate() && desk_->how.rules_automatic;
  return desk_->in_transaction([&](ledger::transaction& tx) -> result<done> {
    const instant at = desk_->next_instant();
    operation what;
    what.at = at;
    what.type = "reload";
    what.caller = caller;
    what.text = desk_->engine.has_candidate() && !now ? "settings reloaded; rules pending" : "settings reloaded";
    what.detail["before"] = before;
    what.detail["after"] = form_of(desk_->how);
    done made;
    made.operation = tx.add_operation(what);
    const bool moved = desk_->has_untold_sources() || desk_->reasons_to_degrade(at) != desk_->degraded;
    if (!now && moved)
      made.calculation =
          desk_->calculate(tx, cause_of("reload", made.operation, caller, what.text), at, std::nullopt, {}, {});
    if (!now) return made;
    const auto sequence = enter_rules(*desk_, tx, at, caller);
    desk_->engine.adopt_candidate();
    desk_->effective = desk_->how.rules;
    desk_->dirty = every_tenant(*desk_);
    desk_->all_stale = true;
    made.calculation =
        desk_->calculate(tx, cause_of("rules", sequence, caller, "rules changed"), at, std::nullopt, {}, desk_->dirty);
    return made;
  });
}

result<done> office::record(operation what) {
  return desk_->in_transaction([&](ledger::transaction& tx) -> result<done> {
    what.at = desk_->next_instant();
    done made;
    made.operation = tx.add_operation(what);
    return made;
  });
}

namespace {

/// Each tenant was counted in the month of its own last calculation.
void begin_months_as_counted(factors::engine& fresh, const desk& all) {
  if (!counts_by_month(fresh.current().set())) return;
  for (const auto& [id, slot] : all.tenants.all()) {
    auto counted = all.last_of_all ? all.last_of_all->at : instant{};
    if (slot.tally.calculated) counted = std::max(counted, slot.tally.calculated->at);
    fresh.begin_month(id, month_starts(all.tenants, counted).of(slot));
  }
}

}  // namespace

std::vector<std::string> office::recount() {
  std::vector<std::string> differences;
  factors::engine fresh(desk_->effective);
  for (const auto& [id, slot] : desk_->tenants.all()) fresh.hold_fields(*slot.record);
  for (const auto& [id, slot] : desk_->tenants.all())
    fresh.put_tenant(*slot.record, desk_->last ? desk_->last->at : instant{});
  desk_->book.each_subject([&](ledger::subject_number number, const subject& value) {
    if (desk_->tenants.find(value.name.tenant) != nullptr) fresh.put_subject(static_cast<std::uint64_t>(number), value);
  });
  begin_months_as_counted(fresh, *desk_);
  switch_positions positions(desk_->tenants, fresh.current());
  for (const auto& [id, slot] : desk_->tenants.all()) {
    const auto& shown = *slot.tally.shown;
    if (shown.aggregated || shown.state() == tally_state::held) continue;
    const auto counted = fresh_counts(fresh, slot, positions);
    for (const auto& licence : shown.licences)
      for (const auto& factor : licence.factors) {
        const auto known = counted.find({licence.licence, factor.factor});
        if (known == counted.end()) continue;
        const auto& [n1, n2] = known->second;
        if (factor.calculated == (shown.disabled ? 0 : n1) && factor.configured == n2) continue;
        differences.push_back("tenant " + id + ", " + licence.licence + "/" + factor.factor + ": the tally says " +
                              to_text(factor) + ", the stored inventory gives " + std::to_string(n1) + " (" +
                              std::to_string(n2) + ")");
      }
  }
  std::sort(differences.begin(), differences.end());
  return differences;
}

}  // namespace licaudit::audit
