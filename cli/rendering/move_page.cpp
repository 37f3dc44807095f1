#include "cli/rendering/move_page.hpp"

#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"

namespace licaudit::cli::rendering {

namespace {

json::value element(const json::value& pair, std::size_t which) {
  const auto* list = pair.if_array();
  return list == nullptr || list->size() <= which ? json::value(nullptr) : (*list)[which];
}

json::object row_of(std::string_view what, const json::value& tenant, std::string name, const json::value& from,
                    const json::value& to) {
  return {{"what", std::string(what)}, {"tenant", tenant}, {"name", std::move(name)}, {"from", from}, {"to", to}};
}

const json::value& member(const json::value& of, std::string_view name) {
  static const json::value none;
  const auto* found = value_at(of, name);
  return found == nullptr ? none : *found;
}

/// `3 (4)`
std::string counted(const json::value& pair) {
  return plain_text(element(pair, 0), "") + " (" + plain_text(element(pair, 1), "") + ")";
}

void add_sum(json::array& rows, const json::value& sum) {
  const auto& tenant = member(sum, "tenant");
  for (const auto& licence : elements(sum, "licences")) {
    const std::string id(text_at(licence, "licence"));
    for (const char* figure : {"acquired", "licensed"}) {
      const auto& pair = member(licence, figure);
      if (element(pair, 0) != element(pair, 1))
        rows.emplace_back(row_of(figure, tenant, id, element(pair, 0), element(pair, 1)));
    }
    for (const auto& factor : elements(licence, "factors"))
      rows.emplace_back(row_of("factor", tenant, id + '/' + std::string(text_at(factor, "factor")),
                               json::value(counted(member(factor, "from"))),
                               json::value(counted(member(factor, "to")))));
  }
}

json::array move_rows(const json::object& answer) {
  json::array rows;
  for (const auto& sum : elements(answer, "sums")) add_sum(rows, sum);
  for (const auto& pool : elements(answer, "pools"))
    for (const char* figure : {"size", "handed_out"}) {
      const auto& pair = member(pool, figure);
      if (element(pair, 0) != element(pair, 1))
        rows.emplace_back(row_of(std::string_view(figure) == "size" ? "pool" : "handed out", member(pool, "tenant"),
                                 std::string(text_at(pool, "licence")), element(pair, 0), element(pair, 1)));
    }
  const auto on = [](const json::value& value) { return json::value(value == json::value(true) ? "on" : "off"); };
  for (const auto& one : elements(answer, "switches"))
    rows.emplace_back(row_of("switch", member(one, "tenant"),
                             std::string(text_at(one, "licence")) + '/' + std::string(text_at(one, "factor")),
                             on(member(one, "from")), on(member(one, "to"))));
  for (const auto& one : elements(answer, "time_zones"))
    rows.emplace_back(row_of("time zone", member(one, "tenant"), "", member(one, "from"), member(one, "to")));
  for (const auto& one : elements(answer, "disabled"))
    rows.emplace_back(row_of("disabled", member(one, "tenant"), "", member(one, "from"), member(one, "to")));
  return rows;
}

std::string headline(const json::object& answer, const view& as) {
  const auto text = [&answer](const char* name) { return printable(text_at(answer, name)); };
  const auto state = text_at(answer, "state");
  const auto effective = text_at(answer, "effective");
  std::string line = state == "moved"     ? "moved tenant "
                     : state == "planned" ? "to be moved: tenant "
                                          : "would move tenant ";
  line += text("tenant") + " from " + text("from") + " to " + text("to");
  if (!effective.empty()) line += " at " + as.clock_of(answer).full(effective);
  if (const auto operation = integer_at(answer, "operation")) line += ", operation " + std::to_string(*operation);
  return line + '\n';
}

}  // namespace

listing move_list() {
  return {"",
          {{"what", "what", "what"},
           {"tenant", "of", "tenant"},
           {"name", "", "name"},
           {"from", "from", "from"},
           {"to", "to", "to"}},
          move_rows};
}

std::string move_text(const json::object& answer, const view& as) {
  auto text = headline(answer, as);
  const auto rows = move_list().people(answer, as);
  text += rows.empty() ? "no number, switch or time zone moves with it\n" : rows;
  if (text_at(answer, "state") == "planned")
    text += "cancel it: licaudit tenant move " + printable(text_at(answer, "tenant")) + " --cancel\n";
  return text;
}

}  // namespace licaudit::cli::rendering
