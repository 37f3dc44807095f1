#include "factors/engine.hpp"

#include "factors/census.hpp"
#include "factors/movement.hpp"

#include <boost/assert.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <optional>

namespace licaudit::factors {

/// Tenants by index, the population, and one census for each rule set. `classify` pairs every change of the population
/// with its place in both censuses.
class engine::state {
 public:
  explicit state(std::shared_ptr<const rules> effective)
      : people_(std::make_unique<population>(effective->inside().fields)) {
    effective_ = std::make_unique<census>(std::move(effective), *people_);
  }

  [[nodiscard]] census& of(which_rules which) {
    BOOST_ASSERT(which == which_rules::effective || candidate_);
    return which == which_rules::effective ? *effective_ : *candidate_;
  }
  [[nodiscard]] bool has_candidate() const { return candidate_ != nullptr; }
  [[nodiscard]] const population& people() const { return *people_; }

  bool set_candidate(std::shared_ptr<const rules> candidate) {
    if (!people_->fields().contains(candidate->inside().fields)) return false;
    auto made = std::make_unique<census>(std::move(candidate), *people_);
    made->take_over(*effective_);
    put_tenants(*made);
    candidate_ = std::move(made);
    return true;
  }
  void drop_candidate() { candidate_.reset(); }
  void adopt_candidate() {
    BOOST_ASSERT(candidate_);
    effective_ = std::move(candidate_);
  }

  void hold(const held_fields& more) {
    BOOST_ASSERT(people_->is_empty());
    auto fields = people_->fields();
    fields.add(more);
    const auto effective = effective_->shared_rules();
    const auto candidate = candidate_ ? candidate_->shared_rules() : nullptr;
    candidate_.reset();
    people_ = std::make_unique<population>(std::move(fields));
    effective_ = std::make_unique<census>(effective, *people_);
    put_tenants(*effective_);
    if (candidate) (void)set_candidate(candidate);
  }

  void put_tenant(const tenant& value, instant now) {
    const auto index = index_for(value.id);
    tenants_[index].value = value;
    tenants_[index].now = now;
    each_census([&](census& one) { one.put_tenant(index, value, now); });
  }

  void remove_tenant(std::string_view id) {
    const auto found = indices_.find(id);
    if (found == indices_.end()) return;
    const auto index = found->second;
    while (people_->first_of(index) != no_row) remove_row(people_->first_of(index));
    forget_left_values();
    each_census([&](census& one) { one.remove_tenant(index); });
    tenants_[index] = {};
    free_.push_back(index);
    indices_.erase(found);
  }

  void put_subject(std::uint64_t number, const subject& value) {
    const auto tenant = index_of(value.name.tenant);
    BOOST_ASSERT(tenant);
    // Taken before the old ones are given back, so that answers about unchanged values stay.
    const auto values = people_->take_values(value);
    if (const auto old = people_->find(number); old != no_row) remove_row(old);
    const auto row = people_->add(number, *tenant, value, values);
    forget_left_values();
    each_census([&](census& one) { one.add(row); });
    if (value.name.kind == subject_kind::user) tenants_[*tenant].users += static_cast<std::uint64_t>(value.quantity);
  }

  void remove_subject(std::uint64_t number) {
    if (const auto row = people_->find(number); row != no_row) remove_row(row);
    forget_left_values();
  }

  [[nodiscard]] std::optional<tenant_index> index_of(std::string_view id) const {
    const auto found = indices_.find(id);
    return found == indices_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::int64_t users(tenant_index of) const { return static_cast<std::int64_t>(tenants_[of].users); }

 private:
  struct tenant_entry {
    tenant value;
    instant now;
    bool is_there = false;
    std::uint64_t users = 0;  ///< modulo 2^64, as in histogram
  };

  template <class Do>
  void each_census(const Do& act) {
    act(*effective_);
    if (candidate_) act(*candidate_);
  }

  /// Those that it does not have.
  void put_tenants(census& into) const {
    for (tenant_index i = 0; i < tenants_.size(); ++i) {
      if (tenants_[i].is_there && !into.has(i)) into.put_tenant(i, tenants_[i].value, tenants_[i].now);
    }
  }

  tenant_index index_for(const std::string& id) {
    if (const auto known = index_of(id)) return *known;
    auto index = static_cast<tenant_index>(tenants_.size());
    if (free_.empty()) {
      tenants_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
    }
    indices_.emplace(id, index);
    tenants_[index].is_there = true;
    return index;
  }

  void remove_row(row_index row) {
    each_census([&](census& one) { one.remove(row); });
    const auto& one = people_->at(row);
    if (one.kind == subject_kind::user) tenants_[one.tenant].users -= static_cast<std::uint64_t>(one.units);
    people_->remove(row);
  }

  void forget_left_values() {
    for (const auto& value : people_->left_values()) {
      each_census([&](census& one) { one.forget(value); });
    }
  }

  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  boost::unordered_flat_map<std::string, tenant_index, text_hash, std::equal_to<>> indices_;
  std::vector<tenant_entry> tenants_;
  std::vector<tenant_index> free_;
  std::unique_ptr<population> people_;
  std::unique_ptr<census> effective_, candidate_;
};

engine::engine(std::shared_ptr<const rules> effective) : state_(std::make_unique<state>(std::move(effective))) {}
engine::~engine() = default;
engine::engine(engine&&) noexcept = default;
engine& engine::operator=(engine&&) noexcept = default;

const rules& engine::current(which_rules which) const {
  return state_->of(which).under();
}
bool engine::has_candidate() const {
  return state_->has_candidate();
}
bool engine::set_candidate(std::shared_ptr<const rules> candidate) {
  return state_->set_candidate(std::move(candidate));
}
void engine::drop_candidate() {
  state_->drop_candidate();
}
void engine::adopt_candidate() {
  state_->adopt_candidate();
}

void engine::hold_fields(const rules& of) {
  state_->hold(of.inside().fields);
}
void engine::hold_fields(const tenant& of) {
  state_->hold(fields_of(current().inside(), of));
  if (has_candidate()) state_->hold(fields_of(current(which_rules::candidate).inside(), of));
}
bool engine::holds_fields(const tenant& of) const {
  const auto& held = state_->people().fields();
  return held.contains(fields_of(current().inside(), of)) &&
         (!has_candidate() || held.contains(fields_of(current(which_rules::candidate).inside(), of)));
}

void engine::put_tenant(const tenant& value, instant now) {
  state_->put_tenant(value, now);
}
void engine::remove_tenant(std::string_view id) {
  state_->remove_tenant(id);
}
void engine::put_subject(std::uint64_t number, const subject& value) {
  state_->put_subject(number, value);
}
void engine::remove_subject(std::uint64_t number) {
  state_->remove_subject(number);
}

std::vector<licence_count> engine::count(std::string_view tenant, const switch_position& on, which_rules which) const {
  const auto index = state_->index_of(tenant);
  if (!index) return {};
  return state_->of(which).count(*index, on);
}

std::int64_t engine::moved(std::string_view tenant, const switch_position& before, const switch_position& after,
                           which_rules then) const {
  const auto index = state_->index_of(tenant);
  if (!index) return 0;
  const auto& now = state_->of(which_rules::effective);
  if (then == which_rules::effective) return now.moved(*index, before, after);
  return factors::moved(state_->people(), *index, {now, before}, {state_->of(then), after});
}

std::int64_t engine::users(std::string_view tenant) const {
  const auto index = state_->index_of(tenant);
  return index ? state_->users(*index) : 0;
}

std::vector<rule_problem> engine::problems(std::string_view tenant, which_rules which) const {
  const auto index = state_->index_of(tenant);
  if (!index) return {};
  return state_->of(which).problems(*index);
}

}  // namespace licaudit::factors
