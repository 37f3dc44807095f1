#include "daemon/api/bill_rulings.hpp"

#include "daemon/api/bill_document.hpp"
#include "daemon/api/bill_explanation.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace licaudit::api {
namespace {

using id_list = std::vector<std::string>;

audit::bill_decision decision_on(const month_bills& all, std::string type, std::string tenant, std::string text) {
  audit::bill_decision made;
  made.month = month_number(all.month);
  made.rests_on = all.papers.last;
  made.type = std::move(type);
  made.tenant = std::move(tenant);
  made.text = std::move(text);
  made.detail["month"] = to_text(all.month);
  return made;
}

/// Who stood under whom in the month.
class month_tree {
 public:
  explicit month_tree(const month_bills& all) {
    for (const auto& one : all.sheets)
      for (const auto& parent : one.parents) children_[parent].insert(one.tenant);
  }
  [[nodiscard]] id_list under(const std::string& tenant) const {
    std::set<std::string> found;
    id_list open{tenant};
    while (!open.empty()) {
      const auto next = std::move(open.back());
      open.pop_back();
      if (const auto below = children_.find(next); below != children_.end())
        for (const auto& child : below->second)
          if (child != tenant && found.insert(child).second) open.push_back(child);
    }
    return {found.begin(), found.end()};
  }

 private:
  std::map<std::string, std::set<std::string>> children_;
};

std::string of_month(const month_bills& all, const std::string& tenant) {
  return tenant + ": " + to_text(all.month);
}

failure closed_already(const month_bills& all, const bill_sheet& sheet, const std::string& instead) {
  return {errc::conflict, of_month(all, sheet.tenant) + " is closed since " + to_rfc3339(sheet.closed->by.at) +
                              ", by " + sheet.closed->by.caller + "; " + instead};
}

failure still_running(const month_bills& all, const bill_sheet& sheet) {
  const auto zone = zone_of(*sheet.counted);
  const auto end = zone.start_of((all.month + std::chrono::months(1)) / 1);
  if (sheet.counted->month.until == end)
    return {errc::refused, of_month(all, sheet.tenant) +
                               " has ended, but no calculation has followed: whether its last values stood until then "
                               "is not known yet; first: licaudit refresh"};
  return {errc::refused, of_month(all, sheet.tenant) + " is still running in " + zone.name() + "; wait until " +
                             local_text(end, zone)};
}

failure no_tenant(const month_bills& all, const std::string& tenant) {
  return {errc::unknown, "there was no tenant " + tenant + " in " + to_text(all.month) +
                             "; see: licaudit bill --month " + to_text(all.month)};
}

failure no_licence(const month_bills& all, const std::string& tenant, const std::string& licence) {
  return {errc::unknown, of_month(all, tenant) + " has no licence " + licence + " on its bill; see: licaudit bill " +
                             tenant + " --month " + to_text(all.month)};
}

/// Why a sheet cannot be closed; none: it can.
std::optional<failure> objection(const month_bills& all, const bill_sheet& sheet) {
  if (sheet.counted->running) return still_running(all, sheet);
  const auto first = all.first_month.find(sheet.tenant);
  if (first == all.first_month.end() || first->second >= all.month) return std::nullopt;
  const auto before = to_text(all.month - std::chrono::months(1));
  return failure{errc::refused, sheet.tenant + ": " + before +
                                    " is still open, and months are closed in order; first: " + "licaudit bill close " +
                                    sheet.tenant + " --month " + before};
}

/// A tenant that came later has no bill of the month.
bool came_later(const month_bills& all, const bill_sheet& sheet) {
  const auto first = all.first_month.find(sheet.tenant);
  return first != all.first_month.end() && first->second > all.month;
}

/// Neighbouring parts of one held value are one.
std::vector<billing::held_stretch> held_of(const billing::tenant_bill& bill, const std::string& licence) {
  std::vector<billing::held_stretch> made;
  for (const auto& line : bill.lines) {
    if (line.licence != licence) continue;
    for (const auto& one : line.charged.held) {
      if (!made.empty() && made.back().when.until == one.when.from && made.back().quantity == one.quantity)
        made.back().when.until = one.when.until;
      else
        made.push_back(one);
    }
  }
  return made;
}

failure nothing_held(const month_bills& all, const std::string& tenant, const std::string& licence, instant at,
                     const std::vector<billing::held_stretch>& held, const time_zone& zone) {
  std::string there;
  for (const auto& one : held)
    there += (there.empty() ? "; held is " : ", ") + std::to_string(one.quantity) + " from " +
             local_text(one.when.from, zone) + " to " + local_text(one.when.until, zone);
  return {errc::conflict, "nothing of " + licence + " is held at " + tenant + " on " + local_text(at, zone) +
                              (there.empty() ? ", nor at any time of " + to_text(all.month) : there)};
}

json::object form_of(const month_bills& all, const bill_sheet& sheet) {
  return parse_json(bill_form(all, sheet)).value().as_object();
}

/// That a tenant above others is billed a pool: a quantity of its own, and no sum. Of a closed bill the form is all
/// that is left.
bool is_billed_a_pool(const json::object& form, const std::string& licence) {
  const auto& lines = form.at("licences").as_array();
  return std::any_of(lines.begin(), lines.end(), [&licence](const json::value& line) {
    return line.at("licence").as_string() == licence && !line.at("aggregated").as_bool();
  });
}

/// In whose sums of the licence the tenant was as the month ended, the nearest first. Who is billed a pool has the
/// parts of those under it in no sum, nor has anybody above.
id_list above(const month_bills& all, const std::string& tenant, const std::string& licence) {
  id_list made;
  const auto* sheet = all.find(tenant);
  while (sheet != nullptr && made.size() <= all.sheets.size()) {
    const auto form = form_of(all, *sheet);
    if (!made.empty() && is_billed_a_pool(form, licence)) {
      made.pop_back();
      break;
    }
    const auto* parent = form.if_contains("parent");
    if (parent == nullptr || !parent->is_string()) break;
    made.emplace_back(parent->as_string());
    sheet = all.find(made.back());
  }
  return made;
}

/// The correction that leaves nothing to accept of a tenant: its own, or one of a sum that it ever was in. That was
/// agreed on what the sum then came to.
const bill_correction* correction_over(const month_bills& all, const std::string& tenant, const std::string& licence) {
  const month_tree tree(all);
  for (const auto& one : all.papers.corrected) {
    if (one.licence != licence) continue;
    if (one.tenant == tenant) return &one;
    const auto below = tree.under(one.tenant);
    if (std::find(below.begin(), below.end(), tenant) != below.end()) return &one;
  }
  return nullptr;
}

}  // namespace

result<audit::bill_decision> closing_of(const month_bills& all, const bill_witness& witness, bool whole) {
  if (all.sheets.empty()) return failure{errc::unknown, "nothing was counted in " + to_text(all.month)};
  const auto& named = all.sheets.front();
  if (named.closed) return closed_already(all, named, "what has to change is a correction: licaudit bill correct");
  const month_tree tree(all);
  bill_papers papers;
  for (const auto& sheet : all.sheets) {
    if (sheet.closed || came_later(all, sheet)) continue;
    if (auto why = objection(all, sheet)) return *why;
    papers.closed.push_back({sheet.tenant, {}, witness_form(witness, tree.under(sheet.tenant)), bill_form(all, sheet)});
  }
  if (papers.closed.empty())
    return failure{errc::conflict,
                   of_month(all, named.tenant) + ": nothing was counted yet; there is nothing to close"};
  std::sort(papers.closed.begin(), papers.closed.end(),
            [](const closed_bill& a, const closed_bill& b) { return a.tenant < b.tenant; });
  auto made = decision_on(
      all, "bill-close", whole ? "" : named.tenant,
      "bills of " + to_text(all.month) + " closed: " + (whole ? "all tenants" : named.tenant + " with all under it"));
  made.detail["tenants"] = static_cast<std::int64_t>(papers.closed.size());
  made.detail["entry"] = witness.sequence;
  made.papers = std::move(papers);
  return made;
}

result<held_found> acceptance_of(const month_bills& all, const std::string& tenant, const std::string& licence,
                                 instant at) {
  const auto* sheet = all.find(tenant);
  if (sheet == nullptr) return no_tenant(all, tenant);
  if (sheet->closed) return closed_already(all, *sheet, "what has to change is a correction: licaudit bill correct");
  const auto& bill = *sheet->counted;
  const auto is_it = [&licence](const auto& one) { return one.licence == licence; };
  if (std::none_of(bill.lines.begin(), bill.lines.end(), is_it)) return no_licence(all, tenant, licence);
  if (const auto* one = correction_over(all, tenant, licence)) {
    // What those above are charged is not told to those below.
    const auto done = one->tenant == tenant ? " was corrected to " + std::to_string(one->quantity) + " already"
                                            : std::string(" of a sum that it is in was corrected already");
    return failure{errc::conflict, of_month(all, tenant) + ": " + licence + done + "; correct it again instead"};
  }
  const auto held = held_of(bill, licence);
  const auto found = std::find_if(held.begin(), held.end(), [at](const billing::held_stretch& one) {
    return one.when.from <= at && at < one.when.until;
  });
  if (found == held.end()) return nothing_held(all, tenant, licence, at, held, zone_of(bill));
  held_found made;
  made.stretch = *found;
  made.decision = decision_on(all, "bill-accept", tenant,
                              "bill " + to_text(all.month) + ": " + std::to_string(found->quantity) + " of " + licence +
                                  " accepted from " + to_rfc3339(found->when.from) + " on");
  made.decision.detail["licence"] = licence;
  made.decision.detail["from"] = to_rfc3339(found->when.from);
  made.decision.detail["quantity"] = found->quantity;
  made.decision.papers.accepted.push_back({tenant, licence, found->when.from, found->quantity, {}});
  return made;
}

result<audit::bill_decision> correction_of(const month_bills& all, const std::string& tenant,
                                           const std::string& licence, std::int64_t quantity,
                                           const std::string& reason) {
  const auto* sheet = all.find(tenant);
  if (sheet == nullptr) return no_tenant(all, tenant);
  if (!sheet->closed && sheet->counted->running) return still_running(all, *sheet);
  const auto charged = charged_of(all, *sheet, form_of(all, *sheet));
  const auto before = std::find_if(charged.begin(), charged.end(),
                                   [&licence](const charged_licence& one) { return one.licence == licence; });
  if (before == charged.end()) return no_licence(all, tenant, licence);
  if (before->quantity == whole_amount(quantity))
    return failure{errc::refused, of_month(all, tenant) + ": " + std::to_string(quantity) + " of " + licence +
                                      " is charged already; there is nothing to correct"};
  bill_correction made{tenant, licence, quantity, before->quantity, reason, above(all, tenant, licence), {}};
  const std::string was = made.was ? to_text(*made.was) : std::string("nothing");
  auto decision = decision_on(
      all, "bill-correct", tenant,
      "bill " + to_text(all.month) + ": " + licence + " corrected from " + was + " to " + std::to_string(quantity));
  decision.detail["licence"] = licence;
  decision.detail["before"] = was;
  decision.detail["after"] = quantity;
  decision.detail["reason"] = reason;
  decision.papers.corrected.push_back(std::move(made));
  return decision;
}

}  // namespace licaudit::api
