#pragma once

#include "factors/rules.hpp"
#include "factors/switch_board.hpp"
#include "model/instant.hpp"
#include "model/subject_view.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// Which rule set a question is about.
enum class which_rules : std::uint8_t { effective, candidate };

/// n1 and n2 of one factor at one tenant. Pointers reach into the rules that were counted.
struct factor_count {
  const factor* which;
  bool on;
  bool failed;  ///< one of its criteria failed for at least one subject of the tenant
  std::int64_t n1, n2;
};
struct licence_count {
  const licence* which;
  std::vector<factor_count> factors;  ///< those that apply to the tenant's service, in the order of the factor set
};

/// The same without the factor, where all factors of a set are counted at once.
struct factor_sum {
  std::int64_t n1 = 0, n2 = 0;
  bool failed = false;
};

/// The number that an engine gives to a tenant as long as it is there.
using tenant_index = std::uint32_t;

/// A remark of the calculation that becomes a finding.
struct rule_problem {
  enum class kind : std::uint8_t {
    blank_placeholder,  ///< a site's or tenant's value is blank, its alternative matches nothing
    failed_criterion,   ///< too long a value, or the match was given up
    bad_criterion,      ///< the tenant's own criterion or setting does not compile; it matches nothing
    unset_setting,      ///< that units are counted by is unset, or says nothing that makes units; they count once
    open_wildcard,      ///< numbers of a factor that counts what they stand for end nowhere; each counts once
    unit_mismatch,      ///< meters whose unit is not that of the factor; they count nothing
    counter_fell        ///< counters of the month that fell while it runs
  } what;
  std::string site;   ///< name of the site; blank_placeholder
  std::string field;  ///< the placeholder's or the test's field
  const licence* of_licence = nullptr;
  const factor* of_factor = nullptr;
  std::string criterion;      ///< `match[0].pstn_gateway`
  std::int64_t subjects = 0;  ///< how many of the tenant's subjects it concerns; failed_criterion
  /// How many distinct values Boost.Regex or a plugin gave up on; too long ones are not among them. In the whole
  /// inventory where the test is the same for all tenants, else at this tenant. Over `most_given_up` the licence must
  /// be held.
  std::size_t distinct_values = 0;
  std::uint64_t example = 0;  ///< number of one of them
  std::string text;
};

/// A test that gave up on more distinct values than these is not tried on new ones: they count as failed at once, so
/// that no pattern can keep the worker busy for hours.
inline constexpr std::size_t most_given_up = 100;

/// The inventory of all tenants under the effective rules and, beside them, a candidate that is not effective yet.
/// Counts are kept up to date by change: field values are interned and tested once per distinct value, a subject is a
/// mask of verdicts, a tenant's histograms of masks give n1 and n2 for any position of the switches (architecture.md,
/// decision 2).
///
/// One thread at a time. No I/O, no clock: whoever calls says what time it is.
class engine {
 public:
  explicit engine(std::shared_ptr<const rules> effective);
  ~engine();
  engine(engine&&) noexcept;
  engine& operator=(engine&&) noexcept;

  [[nodiscard]] const rules& current(which_rules which = which_rules::effective) const;
  [[nodiscard]] bool has_candidate() const;

  /// Takes a candidate and classifies everything under it. False, and nothing done, if it reads a field that the engine
  /// was not made to hold: make a new engine with `hold_fields` and load the inventory again.
  [[nodiscard]] bool set_candidate(std::shared_ptr<const rules> candidate);
  void drop_candidate();
  /// The candidate becomes effective; there must be one.
  void adopt_candidate();

  /// Before the first subject: holds the fields of these rules too.
  void hold_fields(const rules& of);
  /// The same for what a tenant's own criteria read under any of the rules.
  void hold_fields(const tenant& of);
  /// False: its own criteria read a field that is not held. `put_tenant` takes it all the same, with a problem
  /// `bad_criterion`, and the criterion matches nothing; to do better make a new engine and load the inventory again.
  [[nodiscard]] bool holds_fields(const tenant& of) const;

  /// Adds or replaces. `now` decides which former gateways still match; call again when one of them ends.
  void put_tenant(const tenant& value, instant now);
  /// From when on readings count where a licence counts by the month of its tenant; all of them until it is called.
  /// True if that moved the counts.
  bool begin_month(std::string_view id, instant start);
  /// With its subjects.
  void remove_tenant(std::string_view id);

  /// Adds or replaces the subject of this number. Its tenant must be there. Numbers are the caller's, dense ones are
  /// best.
  void put_subject(std::uint64_t number, const subject_view& value);
  void put_subject(std::uint64_t number, const subject& value);
  void remove_subject(std::uint64_t number);

  /// The sum of the units of a tenant's own subjects per factor, as its terms count them (model/licence_terms.hpp);
  /// licences without a factor for its service are left out.
  [[nodiscard]] std::vector<licence_count> count(std::string_view tenant, const switch_position& on,
                                                 which_rules which = which_rules::effective) const;

  /// For those who count many tenants: none is looked up by its id, nothing is allocated, no switch is asked for twice.
  [[nodiscard]] std::optional<tenant_index> index_of(std::string_view tenant) const;
  [[nodiscard]] std::string_view id_of(tenant_index tenant) const;
  /// `into[i]` becomes the sums of the factor i of the set, in its order; 0 where it does not apply. The board is one
  /// of these rules.
  void count(tenant_index tenant, const switch_board& on, std::vector<factor_sum>& into,
             which_rules which = which_rules::effective) const;
  /// The same of one licence alone, which is all that one of its switches can change: the others stay in `into`.
  void count(tenant_index tenant, const switch_board& on, const licence& only, std::vector<factor_sum>& into,
             which_rules which = which_rules::effective) const;

  /// The tenants whose counts or users may differ from what they were at the last call, or whose `problems` may, under
  /// the effective rules; each once. Subjects that changed without moving a count do not bring theirs here; adopted
  /// rules bring all.
  [[nodiscard]] std::vector<tenant_index> take_moved();

  /// Units of the tenant's subjects that another factor holds, or none any more, with the switches `after` under `then`
  /// than with `before` under the effective rules. Licence by licence: a subject that moves in two counts twice. A
  /// quantity is what it is here, whatever the terms of a factor make of it, and a meter is one.
  /// Between rule sets, licences and factors are the same if their ids are.
  [[nodiscard]] std::int64_t moved(std::string_view tenant, const switch_position& before, const switch_position& after,
                                   which_rules then = which_rules::effective) const;
  /// The same for those who ask about many tenants. `after` is a board of the rules `then`.
  [[nodiscard]] std::int64_t moved(tenant_index tenant, const switch_board& before, const switch_board& after,
                                   which_rules then = which_rules::effective) const;

  /// The tenant's subjects that a factor of one licence holds while no factor of the other does. None: the two do not
  /// count the same kind of subject, so nobody can hold both.
  struct lacking_subjects {
    std::uint64_t subjects = 0;
    std::uint64_t example = 0;  ///< its number, if there are any: the lowest
  };
  [[nodiscard]] std::optional<lacking_subjects> lacking(tenant_index tenant, const switch_board& on,
                                                        const licence& holds, const licence& needs) const;

  /// The units of its users, whatever any rule says.
  [[nodiscard]] std::int64_t users(std::string_view tenant) const;
  [[nodiscard]] std::int64_t users(tenant_index tenant) const;

  [[nodiscard]] std::vector<rule_problem> problems(std::string_view tenant,
                                                   which_rules which = which_rules::effective) const;

 private:
  class state;
  std::unique_ptr<state> state_;
};

/// What becomes of one subject under one licence.
struct holding {
  std::size_t subject;  ///< index into the subjects that were asked about
  const licence* of_licence;
  const factor* holder;                   ///< null: nobody counts it
  std::vector<const factor*> configured;  ///< factors whose `configured` it satisfies
  std::vector<const factor*> eligible;    ///< factors that would hold it if they were on and of the highest priority
};

/// Who holds what at one tenant, computed afresh: for listings of one tenant at any instant. Subjects that no factor of
/// a licence is configured for are left out.
[[nodiscard]] std::vector<holding> holdings(const rules& under, const tenant& whose, instant now,
                                            const switch_position& on, const std::vector<subject>& subjects);

}  // namespace licaudit::factors
