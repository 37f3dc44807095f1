#include "daemon/audit/order_check.hpp"

#include "daemon/audit/pool_tree.hpp"
#include "model/digest.hpp"
#include "model/quantity.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

std::string joined(const std::vector<std::string>& all, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : i + 1 == all.size() ? last : ", ") + all[i];
  return text;
}

std::string deprecated(const licence& of) {
  std::string text = of.id + " is deprecated and cannot be ordered any more";
  const auto& successors = *of.terms.successors;
  return successors.empty() ? text : text + ": order " + joined(successors, " or ") + " instead";
}

json::array form_of(const std::optional<pool>& one) {
  return one ? json::array{one->size, one->handed_out} : json::array{};
}

}  // namespace

std::int64_t order_check::then(std::string_view licence) const {
  const auto line = lines_.find(licence);
  return slot_.acquired(licence).value_or(0) + (line == lines_.end() ? 0 : line->second);
}

std::vector<order_line> order_check::lines() const {
  std::vector<order_line> made;
  for (const auto& [licence, change] : lines_) {
    order_line line{licence, slot_.acquired(licence), change, then(licence), {}};
    line.blocked = objection(line);
    made.push_back(std::move(line));
  }
  return made;
}

std::string order_check::basis(const std::string& revision) const {
  if (lines_.empty()) return {};
  json::array all{revision};
  for (const auto& [id, change] : lines_) {
    const auto now = slot_.acquired(id);
    json::array one{id, now ? json::value(*now) : json::value(nullptr)};
    if (const auto* of = rules_.find(id)) {
      const pool_tree pools(*of);
      one.push_back(form_of(pools.pool_of(slot_)));
      const auto* giver = pools.giver_of(slot_);
      one.push_back(giver == nullptr ? json::array{} : form_of(pools.pool_of(*giver)));
    }
    all.push_back(std::move(one));
  }
  return to_hex(sha256(canonical_json(all))).substr(0, 16);
}

std::string order_check::objection(const order_line& line) const {
  if (auto why = of_tenant(); !why.empty()) return why;
  const auto* of = rules_.find(line.licence);
  if (of == nullptr) return "there is no licence " + line.licence + " any more; see: licaudit rules";
  if (auto why = of_quantity(line); !why.empty()) return why;
  if (line.change > 0 && of->terms.is_deprecated()) return deprecated(*of);
  if (auto why = of_multiple(*of, line); !why.empty()) return why;
  if (auto why = of_use(*of, line); !why.empty()) return why;
  if (auto why = of_needs(*of, line); !why.empty()) return why;
  pool_tree supposed(*of);
  supposed.suppose_acquired(slot_, line.then);
  return pool_objection(*of, slot_, pool_tree(*of), supposed);
}

std::string order_check::of_tenant() const {
  if (slot_.gone) return "source " + slot_.origin + " no longer lists " + slot_.id() + ": list it again first";
  if (!tenants_.is_disabled(slot_)) return {};
  if (!slot_.enabled) return slot_.id() + " is disabled: licaudit tenant enable " + slot_.id();
  return "a tenant above " + slot_.id() + " is disabled: enable that first";
}

std::string order_check::of_quantity(const order_line& line) const {
  const auto now = line.now.value_or(0);
  if (line.then < 0)
    return "only " + std::to_string(now) + " of " + line.licence + " are acquired: at most " + std::to_string(now) +
           " can be dropped";
  if (!is_quantity(line.then))
    return std::to_string(line.then) + " of " + line.licence + " is more than can be: expected " + a_quantity;
  return {};
}

std::string order_check::objection_to(const order_line& line, std::int64_t then) const {
  const auto change = then - line.now.value_or(0);
  if (change == 0) return {};
  changes other = lines_;
  other[line.licence] = change;
  return order_check(tenants_, slot_, rules_, other).objection({line.licence, line.now, change, then, {}});
}

/// What a record says need not be a multiple, but an order leads to one: the nearest are named, and whether they can
/// be.
std::string order_check::of_multiple(const licence& of, const order_line& line) const {
  const auto beyond = line.then % of.terms.multiple;
  if (beyond == 0) return {};
  std::string text = line.licence + " is sold in multiples of " + std::to_string(of.terms.multiple) + ", and " +
                     std::to_string(line.then) + " is none: ";
  const auto add = [&](std::int64_t then, const std::string& step) {
    text += std::to_string(then);
    const auto why = objection_to(line, then);
    text += why.empty() ? " is possible, stage " + step : " is not possible either (" + why + ')';
  };
  add(line.then - beyond, std::to_string(beyond) + " fewer");
  text += "; ";
  add(line.then - beyond + of.terms.multiple, std::to_string(of.terms.multiple - beyond) + " more");
  return text;
}

/// What is acquired may fall to what is licensed, and no further.
std::string order_check::of_use(const licence& of, const order_line& line) const {
  if (line.change >= 0) return {};
  const auto& counted = slot_.tally.own->licences;
  const auto own = std::find_if(counted.begin(), counted.end(),
                                [&](const licence_tally& one) { return one.licence == line.licence; });
  if (own == counted.end() || line.then >= own->licensed) return {};
  const auto multiple = of.terms.multiple;
  const auto least = (own->licensed + multiple - 1) / multiple * multiple;
  return std::to_string(own->licensed) + " of " + line.licence + " are licensed: free " +
         std::to_string(own->licensed - line.then) + " first, or keep " + std::to_string(least);
}

std::string order_check::of_needs(const licence& of, const order_line& line) const {
  if (line.change > 0) {
    std::vector<std::string> missing;
    for (const auto& needed : of.terms.needs)
      if (then(needed) <= 0) missing.push_back(needed);
    if (!missing.empty())
      return line.licence + " requires " + joined(missing, " and ") + ": order " +
             (missing.size() == 1 ? "that" : "those") + " with it";
  }
  if (line.change > 0 || line.then > 0) return {};
  for (const auto& other : rules_.licences) {
    const auto& needs = other.terms.needs;
    if (std::find(needs.begin(), needs.end(), line.licence) == needs.end() || then(other.id) <= 0) continue;
    return other.id + " requires " + line.licence + " and " + std::to_string(then(other.id)) +
           " of it are acquired: drop those first, or with it";
  }
  return {};
}

}  // namespace licaudit::audit
