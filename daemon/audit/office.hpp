#pragma once

#include "daemon/audit/relocation.hpp"
#include "daemon/audit/view.hpp"
#include "daemon/ledger/delivery.hpp"
#include "daemon/ledger/ledger.hpp"
#include "factors/rules.hpp"
#include "model/bill_papers.hpp"
#include "model/instant.hpp"
#include "model/json.hpp"
#include "model/operation.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

class desk;

/// What the settings say that matters here.
struct policy {
  struct source {
    std::string name;
    std::chrono::seconds every{};
    std::string tenant;  ///< the one that it is set to feed; empty: its records say
    /// One instance `NAME.TENANT` for each tenant of this service; none: the source is one.
    std::optional<std::string> for_each_service{};
  };
  std::shared_ptr<const factors::rules> rules;  ///< as the files say; effective or pending, the office decides
  bool rules_automatic = false;
  std::vector<source> sources;  ///< in order of precedence; `tenants` and `local` are not among them
  std::int64_t shrink_percent = 20, swing_percent = 20, least = 10;
  /// The rules of a revision that the ledger names, after a restart: needs the factor plugins.
  std::function<result<std::shared_ptr<const factors::rules>>(const factor_set&)> compile;
};

/// What a command did.
struct done {
  std::int64_t operation = 0;
  std::optional<calculation_stamp> calculation;
};

struct apply_request {
  std::vector<std::string> tenants;  ///< with their subtrees
  bool all = false;
  bool rules = false;
};

struct factor_move {
  interned_text factor;
  std::int64_t from_n1 = 0, from_n2 = 0, to_n1 = 0, to_n2 = 0;
};
struct licence_move {
  interned_text licence;
  std::int64_t licensed_from = 0, licensed_to = 0;
  std::vector<factor_move> factors;  ///< those that move
};
struct tenant_move {
  std::string tenant;
  std::vector<licence_move> licences;
  std::int64_t moved = 0;  ///< units whose holder changes
};
struct effective_switch {
  std::string tenant, licence, factor;
  bool on = true;
};

/// What Apply would do, or has done. `id` names a plan for `apply_plan`; empty if it was done.
struct apply_plan {
  std::string id;
  std::vector<tenant_move> tenants;  ///< those that move
  std::vector<effective_switch> switches;
  std::optional<std::pair<std::string, std::string>> rules;  ///< revisions from, to
};
struct applied {
  apply_plan plan;
  done outcome;
};

/// A line of a cart as it would be confirmed now.
struct order_line {
  std::string licence;
  std::optional<std::int64_t> now;  ///< none: nothing says what is acquired
  std::int64_t change = 0, then = 0;
  std::string blocked;  ///< why not, and what would make it possible; empty: it can be
};
struct cart_page {
  std::string tenant;
  std::int64_t version = 0;
  std::vector<order_line> lines;  ///< by licence
};
struct confirmed_order {
  cart_page cart;               ///< as it was confirmed, or is blocked
  std::optional<done> outcome;  ///< none: a line is blocked
};

/// What a person decides about bills of a month: closes some, accepts what is held, or corrects. Who and when is filled
/// in.
struct bill_decision {
  std::int64_t month = 0;     ///< yyyymm
  std::int64_t rests_on = 0;  ///< the newest ruling of the month that whoever decides has seen
  std::string type, tenant, text;
  json::object detail;
  bill_papers papers;
};

/// A tenant that has another parent, or is to get one.
struct relocated {
  relocation what;
  done outcome;
};

/// What became of a run that was handed over.
struct run_outcome {
  source_run run;
  std::vector<std::string> held;  ///< tenants
  std::optional<calculation_stamp> calculation;
};

/// The audit room's counter: every command that changes something, one transaction each. All members on the worker
/// thread, except `current`. A command that fails leaves nothing behind: not in the ledger, not in memory, not in the
/// view.
class office {
 public:
  /// Reads the ledger's state into the engine. A ledger that was never used takes the policy's rules as effective at
  /// once.
  [[nodiscard]] static result<std::unique_ptr<office>> open(ledger::ledger& book, policy how,
                                                            std::function<instant()> clock);
  /// The same in two steps: pages can be shown at once; no other command before `read_inventory` was called, once.
  [[nodiscard]] static result<std::unique_ptr<office>> open_shown(ledger::ledger& book, policy how,
                                                                  std::function<instant()> clock);
  [[nodiscard]] result<void> read_inventory();
  ~office();
  office(const office&) = delete;
  office& operator=(const office&) = delete;

  /// `notice` is called after each commit, on the worker: the ledger is to be checkpointed when the answer is out.
  void tell_of_commits(std::function<void()> notice);

  /// The last published view; any thread.
  [[nodiscard]] std::shared_ptr<const view> current() const;

  // Sources.
  [[nodiscard]] result<ledger::given_inventory> given(const std::string& source);
  [[nodiscard]] result<std::string> cursor(const std::string& source);
  /// Records the run, merges what it gave, and calculates if that changed something. A failed run is recorded too.
  [[nodiscard]] result<run_outcome> take(ledger::delivery run);
  /// Puts in force what a guard holds of a source. Of a source that is no longer in the settings: lets what it gave
  /// leave. errc::conflict if there is neither.
  [[nodiscard]] result<done> accept(const std::string& source, std::int64_t run,
                                    const std::vector<std::string>& tenants, const std::string& caller);

  // Calculations and Apply.
  [[nodiscard]] result<calculation_stamp> calculate(const calculation_cause& cause);
  [[nodiscard]] result<apply_plan> dry_run(const apply_request& request);
  [[nodiscard]] result<applied> apply(const apply_request& request, const std::string& caller);
  /// errc::conflict if anything that the plan rests on has moved; errc::unknown if there is no such plan (any more).
  [[nodiscard]] result<applied> apply(const std::string& plan, const std::string& caller);
  /// What a plan is about, so that the rights of its caller can be checked first.
  [[nodiscard]] result<apply_request> request_of(const std::string& plan) const;
  /// A pending switch; `on` none restores the default. errc::refused for a factor that is not switchable.
  [[nodiscard]] result<done> set_switch(const std::string& tenant, const std::string& licence,
                                        const std::string& factor, std::optional<bool> on, const std::string& caller);

  // Orders and limits.
  /// What the caller has staged for a tenant. Where what it rests on has moved since, it has a new version.
  [[nodiscard]] result<cart_page> cart(const std::string& tenant, const std::string& caller);
  /// So much more, or less, of a licence; on top of what is staged of it. A line that comes to nothing goes.
  [[nodiscard]] result<cart_page> stage(const std::string& tenant, const std::string& licence, std::int64_t change,
                                        const std::string& caller);
  /// Drops a line, or with no licence all of them.
  [[nodiscard]] result<cart_page> unstage(const std::string& tenant, const std::string& licence,
                                          const std::string& caller);
  /// All lines at once, or none: errc::conflict if the cart or what it rests on is no longer that of the version;
  /// without an outcome if lines are blocked.
  [[nodiscard]] result<confirmed_order> confirm(const std::string& tenant, std::int64_t version,
                                                const std::string& caller);
  /// What is allowed above what the licence includes; none: no limit. errc::refused if it has none, or where the pool
  /// above has too little.
  [[nodiscard]] result<done> set_limit(const std::string& tenant, const std::string& licence,
                                       std::optional<std::int64_t> limit, const std::string& caller);

  // Decisions on tenants, and the source `local`.
  [[nodiscard]] result<done> create_tenant(const json::value& record, const std::string& caller);
  /// `name`, `parent`, `enabled`, `settings`, `attributes`; all but `enabled` only for tenants of `local`
  /// (errc::conflict).
  [[nodiscard]] result<done> change_tenant(const std::string& tenant, const json::object& patch,
                                           const std::string& caller);
  /// What a move would change; refused as the move itself would be.
  [[nodiscard]] result<relocation> try_move(const relocation_request& request);
  /// Gives a tenant of `local` another parent, at once or when its time comes (make_due_moves).
  [[nodiscard]] result<relocated> move(const relocation_request& request, const std::string& caller);
  /// Of a planned move, also of one that could not be made. errc::conflict if there is none.
  [[nodiscard]] result<done> cancel_move(const std::string& tenant, const std::string& caller);
  /// Makes planned moves whose time has come; one that has become impossible is entered as refused and leaves a
  /// finding. How many there were.
  [[nodiscard]] result<std::int64_t> make_due_moves();
  [[nodiscard]] result<done> remove_tenant(const std::string& tenant, const std::string& caller);
  [[nodiscard]] result<done> put_subject(const subject& value, const std::string& caller);
  [[nodiscard]] result<done> remove_subject(const subject_name& name, const std::string& caller);

  /// errc::conflict if somebody has decided about bills of the month since.
  [[nodiscard]] result<done> decide_bill(bill_decision what, const std::string& caller);

  /// Takes new settings: rules become pending, or effective where they are automatic.
  [[nodiscard]] result<done> adopt(policy how, const std::string& caller);

  /// Somebody has seen a finding and wants to hear no more of it until then. errc::unknown if there is none of this id
  /// any more; errc::malformed where `until` is past or no reason is given.
  [[nodiscard]] result<done> acknowledge(const std::string& finding_id, instant until, const std::string& reason,
                                         const std::string& caller);

  /// What the end of a month showed of these tenants, instead of what the end of the one before did.
  [[nodiscard]] result<void> note_month_end(const std::vector<std::string>& tenants, std::vector<finding> dips);

  /// An operation that changes nothing here: `refresh`, `refused`, `verify`, ...
  [[nodiscard]] result<done> record(operation what);

  /// Recounts the stored inventory and compares with the last tallies; empty if they agree.
  [[nodiscard]] std::vector<std::string> recount();

 private:
  explicit office(std::unique_ptr<desk> all);
  std::unique_ptr<desk> desk_;
};

}  // namespace licaudit::audit
