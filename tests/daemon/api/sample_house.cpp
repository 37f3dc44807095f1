#include "sample_house.hpp"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

factor make_factor(const std::string& id, std::string title, std::int64_t priority, bool switchable) {
  factor made;
  made.id = id;
  made.title = std::move(title);
  made.priority = priority;
  made.switchable = switchable;
  return made;
}

}  // namespace

std::shared_ptr<const factors::rules> sample_rules() {
  factor_set set;
  licence ump;
  ump.id = "ump";
  ump.title = "UMP user licence";
  ump.factors.push_back(make_factor("direct-routing", "Managed Users-Direct Routing", 1, false));
  ump.factors.push_back(make_factor("lifecycle-management", "Managed Users-By LifeCycle Mgmt", 3, true));
  set.licences.push_back(std::move(ump));
  auto made = factors::rules::compile(std::move(set));
  if (!std::holds_alternative<std::shared_ptr<const factors::rules>>(made)) throw std::logic_error("sample rules");
  return std::get<std::shared_ptr<const factors::rules>>(made);
}

std::shared_ptr<audit::tenant_view> sample_tenant(const std::string& id, std::string parent, tenant_type type,
                                                  std::int64_t licensed) {
  auto made = std::make_shared<audit::tenant_view>();
  made->record.change().id = id;
  made->record.change().name = "Name of " + id;
  made->record.change().parent = std::move(parent);
  made->record.change().type = type;
  made->record.change().service = type == tenant_type::customer ? "direct-routing-pro" : "";
  made->origin = "tenants";
  made->users = licensed;
  made->calculated = audit::calculation_stamp{87, sample_now - std::chrono::hours(1)};
  made->tally.change().tenant = id;
  made->tally.change().monitored = 20;
  licence_tally tally;
  tally.licence = "ump";
  tally.acquired = 500;
  tally.licensed = licensed;
  factor_tally routing;
  routing.factor = "direct-routing";
  routing.calculated = licensed;
  routing.configured = licensed + 12;
  factor_tally lifecycle;
  lifecycle.factor = "lifecycle-management";
  lifecycle.on = false;
  lifecycle.configured = 7;
  tally.factors.push_back(routing);
  tally.factors.push_back(lifecycle);
  made->tally.change().licences.push_back(tally);
  audit::switch_view position;
  position.licence = "ump";
  position.factor = "lifecycle-management";
  position.on = false;
  position.own = false;
  position.pending = true;
  made->switches.change().push_back(position);
  // Of the whole and the licence nothing is known; then the first factor.
  auto& changes = made->changes.change();
  changes.add(nullptr);
  changes.add(nullptr);
  changes.add(std::make_shared<const audit::last_change>(
      audit::last_change{sample_now - std::chrono::hours(2), "+14 users, source teams"}));
  return made;
}

std::shared_ptr<audit::view> sample_view() {
  auto made = std::make_shared<audit::view>();
  made->tenants["host"] = sample_tenant("host", "", tenant_type::provider, 0);
  made->tenants["northwind"] = sample_tenant("northwind", "host", tenant_type::reseller, 0);
  made->tenants["albion"] = sample_tenant("albion", "northwind", tenant_type::partner, 0);
  made->tenants["contoso"] = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  made->tenants["fabrikam"] = sample_tenant("fabrikam", "host", tenant_type::customer, 100);
  made->root = "host";
  made->rules = sample_rules();
  made->rules_since = sample_now - std::chrono::hours(48);
  made->last_calculation = audit::calculation_stamp{87, sample_now - std::chrono::hours(1)};
  made->last_cause.kind = "schedule";
  made->users = 300;
  made->numbers = 40;
  made->chain_sequence = 99;
  made->chain_head = "abcd";
  made->ledger = "1234";
  made->epoch = 1;
  return made;
}

ledger::history_entry sample_entry(std::int64_t sequence, std::string_view at, std::int64_t licensed) {
  ledger::history_entry made;
  made.sequence = sequence;
  made.at = parse_rfc3339(at).value();
  made.cause.kind = "schedule";
  made.tally = sample_tenant("contoso", "albion", tenant_type::customer, licensed)->tally.change();
  return made;
}

std::string words(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& one : all) text += " " + one;
  return text;
}

sample_house::sample_house() {
  known_facts.version = "0.1.0";
  known_facts.host = "pbx-1";
  known_facts.started = sample_now - std::chrono::seconds(3600);
  known_facts.database_bytes = 8192;
  known_facts.wal_bytes = 4096;
}

/// Pages as the reader does: entries of the range after a sequence, at most `limit`.
sample_house::awaited<ledger::history_page> sample_house::history(ledger::history_query query) {
  asked.push_back("history " + query.tenant + " " + to_rfc3339(query.since) + " " + to_rfc3339(query.until) +
                  (query.only_changes ? " changes" : ""));
  if (fails) co_return *fails;
  ledger::history_page page;
  page.before = before;
  const tenant_tally* last = before ? &before->tally : nullptr;
  for (const auto& one : entries) {
    const bool changed = last == nullptr || !(*last == one.tally);
    last = &one.tally;
    if (one.at < query.since || one.at >= query.until || one.sequence <= query.after) continue;
    if (query.only_changes && !changed) continue;
    if (page.entries.size() == query.limit) {
      page.next = page.entries.back().sequence;
      break;
    }
    page.entries.push_back(one);
  }
  co_return page;
}

sample_house::awaited<dated_inventory> sample_house::inventory_at(std::string tenant, instant at) {
  asked.push_back("inventory_at " + tenant + " " + to_rfc3339(at));
  if (fails) co_return *fails;
  co_return inventory;
}

sample_house::awaited<std::vector<ledger::subject_change>> sample_house::subject_changes(std::string tenant,
                                                                                         std::int64_t behind,
                                                                                         std::int64_t up_to) {
  asked.push_back("subject_changes " + tenant + " " + std::to_string(behind) + " " + std::to_string(up_to));
  co_return std::vector<ledger::subject_change>();
}

sample_house::awaited<inventory_step> sample_house::inventory_after(ledger::dated_tenant /*earlier*/, instant at,
                                                                    std::vector<ledger::dated_subject> changed) {
  asked.push_back("inventory_after " + std::to_string(changed.size()) + " " + to_rfc3339(at));
  inventory_step made{inventory, true};
  co_return made;
}

sample_house::awaited<std::vector<operation>> sample_house::operations(ledger::operation_query query) {
  asked.push_back("operations type=" + query.type + " caller=" + query.caller +
                  " after=" + std::to_string(query.after) + words(query.tenants));
  std::vector<operation> found;
  for (const auto& one : logged) {
    if (one.sequence > query.after && found.size() < query.limit) found.push_back(one);
  }
  co_return found;
}

sample_house::awaited<std::vector<source_run>> sample_house::runs(std::string source, std::int64_t before_run,
                                                                  std::size_t limit) {
  asked.push_back("runs " + source + " before " + std::to_string(before_run));
  std::vector<source_run> found;
  for (const auto& one : known_runs) {
    if (one.source == source && (before_run == 0 || one.id < before_run) && found.size() < limit) found.push_back(one);
  }
  co_return found;
}

sample_house::awaited<month_bills> sample_house::bills(bill_question question) {
  asked.push_back("bills " + question.tenant + " " + licaudit::to_text(question.month));
  if (fails) co_return *fails;
  co_return bills_of(observed, question);
}

sample_house::awaited<month_effects> sample_house::order_effects(order_question question) {
  asked.push_back("order_effects " + question.bill.tenant + " " + licaudit::to_text(question.bill.month));
  co_return month_effects_of(observed, question);
}

sample_house::awaited<ledger::rules_in_force> sample_house::rules_at(instant at) {
  asked.push_back("rules_at " + to_rfc3339(at));
  if (fails) co_return *fails;
  co_return then;
}

sample_house::awaited<ledger::verification> sample_house::verify(bool full) {
  asked.push_back(full ? "verify full" : "verify");
  co_return verified;
}

sample_house::awaited<std::vector<sync::refresh_result>> sample_house::refresh(std::vector<std::string> names,
                                                                               sync::source_listener listener) {
  asked.push_back("refresh" + words(names));
  if (while_refreshing) co_await while_refreshing(listener);
  co_return refreshed;
}

void sample_house::accepted(std::string_view source) {
  asked.push_back("accepted " + std::string(source));
}

sample_house::awaited<reload_outcome> sample_house::reload(std::string caller) {
  asked.push_back("reload by " + caller);
  if (fails) co_return *fails;
  co_return reloaded;
}

namespace {

class sample_bytes final : public backup_bytes {
 public:
  sample_bytes(ledger::backup_facts facts, std::string bytes) : facts_(std::move(facts)), bytes_(std::move(bytes)) {}
  [[nodiscard]] const ledger::backup_facts& facts() const override { return facts_; }
  asio::awaitable<result<std::string>> read(std::size_t) override { co_return std::exchange(bytes_, {}); }

 private:
  ledger::backup_facts facts_;
  std::string bytes_;
};

}  // namespace

sample_house::awaited<ledger::backup_facts> sample_house::write(std::filesystem::path target) {
  asked.push_back("write backup " + target.string());
  if (fails) co_return *fails;
  co_return copied;
}

sample_house::awaited<std::shared_ptr<backup_bytes>> sample_house::make() {
  asked.push_back("make backup");
  if (fails) co_return *fails;
  std::shared_ptr<backup_bytes> made = std::make_shared<sample_bytes>(copied, copied_bytes);
  co_return made;
}

}  // namespace licaudit::api
