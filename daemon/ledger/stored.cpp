#include "daemon/ledger/stored.hpp"

#include "model/canonical_text.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <charconv>
#include <string_view>

namespace licaudit::ledger {

void view_rows(const tenant_tally& tally, std::vector<tally_row_view>& into) {
  into.clear();
  const std::int64_t whole = (tally.aggregated ? flag_aggregated : 0) | (tally.disabled ? flag_disabled : 0);
  into.push_back({"", "", tally.monitored, std::nullopt, whole});
  for (const auto& licence : tally.licences) {
    into.push_back({licence.licence, "", 0, licence.acquired, static_cast<std::int64_t>(licence.state)});
    for (const auto& factor : licence.factors)
      into.push_back({licence.licence, factor.factor, factor.calculated, factor.configured, factor.on ? flag_on : 0});
  }
}

tally_row row_of(const tally_row_view& view, std::int64_t since) {
  return {std::string(view.licence), std::string(view.factor), view.n1, view.n2, view.flags, since};
}

std::vector<tally_row> rows_of(const tenant_tally& tally) {
  std::vector<tally_row_view> views;
  view_rows(tally, views);
  std::vector<tally_row> rows;
  rows.reserve(views.size());
  for (const auto& one : views) rows.push_back(row_of(one, 0));
  return rows;
}

tenant_tally tally_of(const std::string& tenant, const std::vector<tally_row>& rows) {
  tenant_tally tally;
  tally.tenant = tenant;
  const auto licence_of = [&tally](const std::string& id) -> licence_tally& {
    const auto known = std::find_if(tally.licences.begin(), tally.licences.end(),
                                    [&id](const licence_tally& one) { return one.licence == id; });
    if (known != tally.licences.end()) return *known;
    tally.licences.emplace_back().licence = id;
    return tally.licences.back();
  };
  for (const auto& row : rows) {
    if ((row.flags & flag_absent) != 0) continue;
    if (row.licence.empty()) {
      tally.monitored = row.n1;
      tally.aggregated = (row.flags & flag_aggregated) != 0;
      tally.disabled = (row.flags & flag_disabled) != 0;
    } else if (row.factor.empty()) {
      auto& licence = licence_of(row.licence);
      licence.acquired = row.n2;
      licence.state = static_cast<tally_state>(row.flags);
    } else {
      auto& licence = licence_of(row.licence);
      licence.licensed += row.n1;
      licence.factors.push_back({row.factor, (row.flags & flag_on) != 0, row.n1, row.n2});
    }
  }
  return tally;
}

namespace {

// Written by hand because an Apply to all makes ten thousand leaves; the form is that of
// canonical_json(to_json(tally)).

void add_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void add_number(std::string& out, const std::optional<std::int64_t>& number) {
  if (number)
    add_number(out, *number);
  else
    out += "null";
}

std::string_view to_word(bool flag) {
  return flag ? "true" : "false";
}

void add_factor(std::string& out, const factor_tally& factor) {
  out += R"({"calculated":)";
  add_number(out, factor.calculated);
  out += R"(,"configured":)";
  add_number(out, factor.configured);
  out += R"(,"factor":)";
  append_canonical(out, factor.factor);
  out.append(R"(,"on":)").append(to_word(factor.on)).append("}");
}

/// By id.
template <class Element>
auto sorted(const std::vector<Element>& all, interned_text Element::*id) {
  boost::container::small_vector<const Element*, 16> made;
  for (const auto& one : all) made.push_back(&one);
  std::sort(made.begin(), made.end(), [id](const Element* a, const Element* b) { return a->*id < b->*id; });
  return made;
}

void add_licence(std::string& out, const licence_tally& licence) {
  out += R"({"acquired":)";
  add_number(out, licence.acquired);
  out += R"(,"factors":[)";
  for (const auto* factor : sorted(licence.factors, &factor_tally::factor)) {
    if (out.back() != '[') out += ',';
    add_factor(out, *factor);
  }
  out += R"(],"licence":)";
  append_canonical(out, licence.licence);
  out += R"(,"licensed":)";
  add_number(out, licence.licensed);
  out.append(R"(,"state":")").append(to_text(licence.state)).append("\"}");
}

}  // namespace

std::string leaf_of(const tenant_tally& tally) {
  std::string out;
  out.reserve(256 + 512 * tally.licences.size());
  out.append(R"({"aggregated":)").append(to_word(tally.aggregated));
  out.append(R"(,"disabled":)").append(to_word(tally.disabled)).append(R"(,"licences":[)");
  for (const auto* licence : sorted(tally.licences, &licence_tally::licence)) {
    if (out.back() != '[') out += ',';
    add_licence(out, *licence);
  }
  out += R"(],"monitored":)";
  add_number(out, tally.monitored);
  out += R"(,"tenant":)";
  append_canonical(out, tally.tenant);
  return out += '}';
}

}  // namespace licaudit::ledger
