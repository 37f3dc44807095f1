#pragma once

#include "daemon/audit/cart_book.hpp"
#include "daemon/audit/finding_board.hpp"
#include "daemon/audit/guard.hpp"
#include "daemon/audit/head_count.hpp"
#include "daemon/audit/inventory_change.hpp"
#include "daemon/audit/office.hpp"
#include "daemon/audit/source_health.hpp"
#include "daemon/audit/switch_positions.hpp"
#include "daemon/audit/tally_book.hpp"
#include "daemon/audit/tenant_book.hpp"
#include "daemon/ledger/transaction.hpp"
#include "factors/engine.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace licaudit::audit {

/// What a source that is no longer in the settings still stands for.
struct abandoned_inventory {
  std::map<std::string, std::int64_t, std::less<>> subjects;  ///< how many, by tenant
  std::vector<std::string> tenants;                           ///< that it is the origin of
};

/// The cause of a calculation that an operation of a person makes.
[[nodiscard]] calculation_cause cause_of(const std::string& kind, std::int64_t operation, const std::string& caller,
                                         const std::string& text);

/// What the ends of months showed is posted under.
inline constexpr const char* month_end_cause = "month-end";

/// The state behind the office, in memory as in the ledger. Its parts are plain; the files of this room that work on it
/// are: loading.cpp (from the ledger), inventory.cpp (what sources give), calculating.cpp (tallies), finding_list.cpp,
/// publishing.cpp (the view), and the office_*.cpp with the commands.
class desk {
 public:
  desk(ledger::ledger& book, policy how, std::function<instant()> clock);

  ledger::ledger& book;
  policy how;
  std::function<instant()> clock;

  factors::engine engine;
  std::shared_ptr<const factors::rules> effective;  ///< what the engine counts by
  tenant_book tenants;
  tally_book tallies;
  cart_book carts;
  source_health health;
  std::map<std::pair<std::string, std::string>, ledger::sound_value> sound;  ///< by tenant and licence
  std::vector<ledger::held_difference> held;
  std::map<std::string, std::vector<finding>, std::less<>> run_findings;  ///< of each source's last sound run
  finding_board findings;
  std::map<std::string, std::string, std::less<>> degraded;  ///< reason by tenant
  std::map<std::string, instant, std::less<>> degraded_since;
  std::optional<ledger::stored_calculation> last;
  std::optional<calculation_stamp> last_of_all;  ///< the last whose scope was every tenant
  instant rules_since{};
  instant latest{};  ///< of any entry: time does not run backwards here
  head_count populations;
  std::map<std::string, abandoned_inventory, std::less<>> abandoned;  ///< by source that left the settings
  tenant_set waiting;                                                 ///< who have switches that wait for an Apply
  tenant_set dirty;  ///< whose own counts may have moved since the last calculation
  /// Rows of tenants that are no more, until the next calculation buries them.
  std::map<std::string, tally_book::row_list, std::less<>> leaving;
  tenant_set stale;                                        ///< whose published view may be out of date
  bool all_stale = true;                                   ///< that of all, and of those that are no more
  std::vector<std::string> published_no_more;              ///< that the published view still has
  std::set<std::pair<instant, std::string>> former_ends;   ///< when a former gateway of a tenant ends
  std::set<std::pair<instant, std::string>> due_moves;     ///< when a planned move of a tenant is to be made
  std::set<std::pair<instant, std::string>> findings_due;  ///< when a finding of a tenant becomes louder by itself
  std::string storage_problem;
  std::function<void()> committed_notice;  ///< see office::tell_of_commits

  struct kept_plan {
    std::string id;
    apply_request request;
    instant made;
  };
  std::deque<kept_plan> plans;

  /// Forgets everything and reads it from the ledger again: at the start, and after a commit that failed.
  [[nodiscard]] result<void> load();
  /// In two steps: what pages show, and then, which takes longer, what counts are made of. Only the second lets
  /// anything be changed.
  [[nodiscard]] result<void> load_shown();
  [[nodiscard]] result<void> load_inventory();
  bool loading = true;

  /// Takes new settings without reading the inventory again, unless their rules need a field that is not held.
  [[nodiscard]] result<void> take_policy(policy settings);

  /// Now, but after everything that stands in the ledger.
  [[nodiscard]] instant next_instant();

  /// Work in one transaction: committed and published if it returns a value. If the store fails, memory is read anew
  /// from the ledger. Work that refuses must do so before it changes memory.
  template <class Work>
  auto in_transaction(const Work& work) -> decltype(work(std::declval<ledger::transaction&>()));

  // inventory.cpp
  [[nodiscard]] result<run_outcome> take(ledger::delivery run);
  /// Puts a difference in force: what the source gives, what follows for the subjects, the entry, the engine. True if
  /// anything of the inventory changed.
  bool put_in_force(ledger::transaction& tx, inventory_change& change, instant at);
  void hold_fields_of(const tenant& record);
  /// The record in memory; in the ledger it is.
  tenant_slot& take_record(const tenant& record, const std::string& origin, instant at);
  void note_former_ends(const tenant& record, instant from);
  /// Why this record cannot be in force: its place in the tree, or a setting that units are counted by; empty if it
  /// can. `others` are records of the same run.
  [[nodiscard]] std::string objection_to(const tenant& record,
                                         const std::map<std::string, const tenant*, std::less<>>& others) const;

  // source_names.cpp
  /// Its entry in the settings, or that of the `for_each` it is an instance of; null: neither.
  [[nodiscard]] const policy::source* configured(std::string_view source) const;
  /// True if it still runs: in the settings, or built in.
  [[nodiscard]] bool is_in_settings(std::string_view source) const;
  /// `local` before all, then the order of the settings; an instance stands where its `for_each` does.
  [[nodiscard]] std::size_t precedence(std::string_view source) const;
  /// How it stands; made from its settings where it never ran.
  source_condition& condition_of(const std::string& source);
  void renew_abandoned();
  /// True if the findings do not say yet what became of sources in the settings.
  [[nodiscard]] bool has_untold_sources();

  // calculating.cpp
  /// Why tenants are degraded at an instant: their sources' runs, and what is held of them.
  [[nodiscard]] std::map<std::string, std::string, std::less<>> reasons_to_degrade(instant at) const;
  /// `scope` none: all tenants. `unguarded`: tenants whose swing needs no acceptance, because a decision moved them.
  calculation_stamp calculate(ledger::transaction& tx, const calculation_cause& cause, instant at,
                              const std::optional<tenant_set>& scope, const std::vector<subject_movement>& moved,
                              const tenant_set& unguarded);
  [[nodiscard]] tenant_tally count_own(const tenant_slot& slot, switch_positions& positions);
  /// Some licence of the tenant has a value in `sound`; most have none.
  [[nodiscard]] bool keeps_sound(const tenant_slot& slot) const;
  /// Lets readings of earlier months than that of an instant count no more, in each tenant's zone, where any rules
  /// count by the month. `scope` none: of all tenants.
  void begin_months(const std::optional<tenant_set>& scope, instant at);
  /// Its own counts may have moved, by this entry.
  void note_touched(tenant_slot& slot, std::int64_t sequence);

  // finding_list.cpp
  void post_findings_of_tenant(tenant_slot& slot, instant now);
  /// Those whose time has come since.
  void renew_findings_due(instant now);
  /// Of one that is no more.
  void end_findings_of_tenant(const std::string& tenant, instant now);
  /// Of sources, of what is held, and of the rules.
  void post_findings_of_host(instant now);
  void restore_findings();

  // publishing.cpp
  void publish();
  std::shared_ptr<const view> published;  ///< through std::atomic_load and atomic_store only

 private:
  template <class Work>
  auto committed(const Work& work) -> decltype(work(std::declval<ledger::transaction&>()));
  [[nodiscard]] result<std::shared_ptr<const factors::rules>> rules_in_force();
  void load_tenants();
  void load_tallies();
  void load_health();
  void leave(const ledger::stored_tally& stored);
  void note_soundness(const tenant_slot& slot, tenant_tally& tally) const;

  std::vector<factors::factor_sum> sums_;  ///< of the tenant that is counted
};

template <class Work>
auto desk::in_transaction(const Work& work) -> decltype(work(std::declval<ledger::transaction&>())) {
  auto outcome = committed(work);
  if (!outcome) return outcome;
  // It is in the ledger: what fails from here on is no reason to say that it is not.
  storage_problem.clear();
  publish();
  if (committed_notice) committed_notice();
  return outcome;
}

template <class Work>
auto desk::committed(const Work& work) -> decltype(work(std::declval<ledger::transaction&>())) {
  try {
    ledger::transaction tx(book);
    auto outcome = work(tx);
    if (outcome) tx.commit();
    return outcome;
  } catch (const std::exception& error) {
    const std::string what = error.what();
    if (auto again = load(); !again)
      throw std::runtime_error(what + "; and the ledger cannot be read again: " + again.error().detail);
    storage_problem = what;
    publish();
    return failure{errc::unreachable,
                   what + ": nothing was changed; free space or mend the disk, it goes on by itself"};
  }
}

}  // namespace licaudit::audit
