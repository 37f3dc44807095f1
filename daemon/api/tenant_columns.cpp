#include "daemon/api/tenant_columns.hpp"

#include "daemon/api/tally_json.hpp"
#include "model/names.hpp"
#include "model/tenant_attributes.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace licaudit::api {
namespace {

using audit::tenant_view;

// A person reads a dozen; what asks for more makes a page that nobody can hold.
constexpr std::size_t most_columns = 64;

void add_text(json_text& out, std::string_view text) {
  if (text.empty())
    out.add(nullptr);
  else
    out.add(text);
}

struct key_column {
  std::string_view name;
  void (*add)(json_text& out, const tenant_view& of);
};

constexpr std::array keys = {
    key_column{"tenant", [](json_text& out, const tenant_view& of) { out.add(of.record->id); }},
    key_column{"name", [](json_text& out, const tenant_view& of) { out.add(of.record->name); }},
    key_column{"parent", [](json_text& out, const tenant_view& of) { add_text(out, of.record->parent); }},
    key_column{"type", [](json_text& out, const tenant_view& of) { out.add(to_text(of.record->type)); }},
    key_column{"service", [](json_text& out, const tenant_view& of) { add_text(out, of.record->service); }},
    key_column{"time_zone", [](json_text& out, const tenant_view& of) { out.add(of.zone.name()); }},
    key_column{"enabled", [](json_text& out, const tenant_view& of) { out.add(of.enabled); }},
    key_column{"disabled", [](json_text& out, const tenant_view& of) { out.add(of.tally->disabled); }},
    key_column{"gone", [](json_text& out, const tenant_view& of) { out.add(of.gone); }},
    key_column{"origin", [](json_text& out, const tenant_view& of) { out.add(of.origin); }},
    key_column{"children", [](json_text& out, const tenant_view& of) { out.add(of.children); }},
    key_column{"users", [](json_text& out, const tenant_view& of) { out.add(of.users); }},
    key_column{"numbers", [](json_text& out, const tenant_view& of) { out.add(of.numbers); }},
    key_column{"monitored", [](json_text& out, const tenant_view& of) { out.add(of.tally->monitored); }},
    key_column{"aggregated", [](json_text& out, const tenant_view& of) { out.add(of.tally->aggregated); }},
    key_column{"state", [](json_text& out, const tenant_view& of) { out.add(to_text(of.tally->state())); }},
    key_column{"ms_tenant_id", [](json_text& out, const tenant_view& of) { add_text(out, of.record->ms_tenant_id); }},
    key_column{"customer_guid", [](json_text& out, const tenant_view& of) { add_text(out, of.record->customer_guid); }},
    key_column{"formerly", [](json_text& out, const tenant_view& of) { out.add(of.record->formerly); }},
    key_column{"sites", [](json_text& out, const tenant_view& of) {
                 out.begin_array();
                 for (const auto& one : of.record->sites) out.add(one.text("name"));
                 out.end_array();
               }},
};

void add_figure(json_text& out, const tenant_view& whose, const licence_tally& of, std::string_view figure) {
  if (figure == "licensed") out.add(of.licensed);
  if (figure == "acquired") out.add(of.acquired);
  if (figure == "available") out.add(available_at(whose, of));
  if (figure == "state") out.add(to_text(of.state));
}

void add_factor(json_text& out, const licence_tally& of, std::string_view factor, std::string_view figure) {
  const auto known =
      std::find_if(of.factors.begin(), of.factors.end(), [factor](const auto& one) { return one.factor == factor; });
  if (known == of.factors.end())
    out.add(nullptr);
  else if (figure == "calculated")
    out.add(known->calculated);
  else
    out.add(known->configured);
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

failure no_such_column(const std::string& name) {
  std::string known;
  for (const auto& one : keys) known += std::string(one.name) + ", ";
  for (const auto& one : known_attributes()) known += std::string(one.name) + ", ";
  return {errc::malformed, "columns: there is no column " + in_quotes(name) + "; there are " + known +
                               "attribute.NAME, setting.NAME, LICENCE.licensed, .acquired, .available, .state, and "
                               "LICENCE/FACTOR.calculated, .configured"};
}

void add_member(json_text& out, const json::object& of, std::string_view name) {
  const auto* value = of.if_contains(name);
  out.raw(value == nullptr ? "null" : json::serialize(*value));
}

}  // namespace

tenant_columns::cell tenant_columns::find(const std::string& name, const audit::view& of) {
  for (const auto& one : keys)
    if (one.name == name) return one.add;
  const auto is_known = [&name](const known_attribute& one) { return one.name == name; };
  const bool known = std::any_of(known_attributes().begin(), known_attributes().end(), is_known);
  const auto dot = name.find('.');
  const std::string before = name.substr(0, dot);
  const std::string behind = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  if (known || (before == "attribute" && !behind.empty()))
    return [wanted = known ? name : behind](json_text& out, const tenant_view& one) {
      add_member(out, one.record->attributes, wanted);
    };
  if (before == "setting" && !behind.empty())
    return [behind](json_text& out, const tenant_view& one) { add_member(out, one.record->settings, behind); };
  return of.rules == nullptr ? nullptr : find_figure(name, of.rules->set());
}

/// `ump.licensed`, `ump/direct-routing.calculated`; licences and factors may have dots in their names.
tenant_columns::cell tenant_columns::find_figure(const std::string& name, const factor_set& rules) {
  constexpr std::array<std::string_view, 4> of_licence{"licensed", "acquired", "available", "state"};
  constexpr std::array<std::string_view, 2> of_factor{"calculated", "configured"};
  const auto dot = name.rfind('.');
  if (dot == std::string::npos) return nullptr;
  const std::string figure = name.substr(dot + 1);
  const auto slash = name.find('/');
  const bool names_factor = slash < dot;
  const std::string licence = name.substr(0, names_factor ? slash : dot);
  const std::string factor = names_factor ? name.substr(slash + 1, dot - slash - 1) : std::string();
  const bool is_figure = names_factor ? rules.find(licence, factor) != nullptr && is_one_of(figure, of_factor)
                                      : rules.find(licence) != nullptr && is_one_of(figure, of_licence);
  if (!is_figure) return nullptr;
  return [licence, factor, figure](json_text& out, const tenant_view& one) {
    const auto* tally = one.tally->find(licence);
    if (tally == nullptr)
      out.add(nullptr);
    else if (factor.empty())
      add_figure(out, one, *tally, figure);
    else
      add_factor(out, *tally, factor, figure);
  };
}

result<tenant_columns> tenant_columns::parse(std::string_view text, const audit::view& of) {
  tenant_columns made;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    const std::string name(trimmed(text.substr(at, end - at)));
    auto one = find(name, of);
    if (!one) return no_such_column(name);
    made.names_.push_back(name);
    made.cells_.push_back(std::move(one));
    if (made.cells_.size() > most_columns)
      return failure{errc::malformed, "columns: more than 64; ask for some of them at a time"};
    at = end + 1;
  }
  return made;
}

void tenant_columns::add_names(json_text& out) const {
  out.add(names_);
}

void tenant_columns::add_values(json_text& out, const audit::tenant_view& of) const {
  out.begin_array();
  for (const auto& one : cells_) one(out, of);
  out.end_array();
}

}  // namespace licaudit::api
