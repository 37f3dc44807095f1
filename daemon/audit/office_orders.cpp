// What people stage to order, and what becomes of it.
#include "daemon/audit/deciding.hpp"
#include "daemon/audit/order_check.hpp"
#include "model/quantity.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

order_check check_of(const desk& all, const tenant_slot& slot, const ledger::stored_cart& cart) {
  return {all.tenants, slot, all.engine.current().set(), cart.lines};
}

cart_page page_of(const desk& all, const tenant_slot& slot, const ledger::stored_cart& cart) {
  return {cart.tenant, cart.version, check_of(all, slot, cart).lines()};
}

/// True if the lines no longer rest on what they did when a person last saw them.
bool has_moved(const desk& all, const tenant_slot& slot, const ledger::stored_cart& cart) {
  return cart.basis != check_of(all, slot, cart).basis(all.engine.current().revision().name);
}

/// Takes the cart as its next version, resting on what is in force now.
void renew(desk& all, ledger::transaction& tx, const tenant_slot& slot, ledger::stored_cart& cart) {
  ++cart.version;
  cart.basis = check_of(all, slot, cart).basis(all.engine.current().revision().name);
  tx.put_cart(cart);
  all.carts.put(cart);
}

result<cart_page> keep(desk& all, const tenant_slot& slot, ledger::stored_cart cart) {
  return all.in_transaction([&](ledger::transaction& tx) -> result<cart_page> {
    renew(all, tx, slot, cart);
    return page_of(all, slot, cart);
  });
}

std::string signed_text(std::int64_t change) {
  return (change > 0 ? "+" : "") + std::to_string(change);
}

std::string text_of(const std::vector<order_line>& lines) {
  std::string text = "order ";
  for (const auto& line : lines)
    text += (&line == &lines.front() ? "" : ", ") + line.licence + ' ' + signed_text(line.change);
  return text;
}

operation operation_of(const cart_page& cart, const std::string& caller) {
  auto what = undated("order", cart.tenant, text_of(cart.lines), caller);
  json::object before, after;
  for (const auto& line : cart.lines) {
    before[line.licence] = line.now ? json::value(*line.now) : json::value(nullptr);
    after[line.licence] = line.then;
  }
  what.detail["before"] = std::move(before);
  what.detail["after"] = std::move(after);
  what.detail["cart"] = cart.version;
  return what;
}

bool is_blocked(const order_line& line) {
  return !line.blocked.empty();
}

result<done> put_through(desk& all, tenant_slot& slot, ledger::stored_cart cart, const cart_page& page) {
  return decide(all, operation_of(page, cart.caller), {page.tenant},
                [&](ledger::transaction& tx, std::int64_t sequence, instant) {
                  for (const auto& line : page.lines) {
                    tx.put_decision(sequence, {page.tenant, "acquired:" + line.licence, line.then});
                    slot.decided.change().ordered[line.licence] = line.then;
                  }
                  cart.lines.clear();
                  renew(all, tx, slot, cart);
                  return std::vector<subject_movement>();
                });
}

}  // namespace

result<cart_page> office::cart(const std::string& tenant, const std::string& caller) {
  auto& all = *desk_;
  const auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  const auto cart = all.carts.of(tenant, caller);
  return has_moved(all, *slot, cart) ? keep(all, *slot, cart) : page_of(all, *slot, cart);
}

result<cart_page> office::stage(const std::string& tenant, const std::string& licence, std::int64_t change,
                                const std::string& caller) {
  auto& all = *desk_;
  const auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  if (all.engine.current().set().find(licence) == nullptr)
    return failure{errc::unknown, "there is no licence " + licence + "; see: licaudit rules"};
  if (change == 0 || change < -most_quantity || change > most_quantity)
    return failure{errc::malformed, "change: expected a whole number other than 0, of at most 1000000000000"};
  auto cart = all.carts.of(tenant, caller);
  auto& line = cart.lines[licence];
  line += change;
  if (!is_quantity(std::abs(line)))
    return failure{errc::malformed, "change: with what is staged of " + licence + " it is " + std::to_string(line) +
                                        "; expected at most 1000000000000"};
  if (line == 0) cart.lines.erase(licence);
  return keep(all, *slot, std::move(cart));
}

result<cart_page> office::unstage(const std::string& tenant, const std::string& licence, const std::string& caller) {
  auto& all = *desk_;
  const auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  auto cart = all.carts.of(tenant, caller);
  if (!licence.empty() && cart.lines.erase(licence) == 0)
    return failure{errc::unknown,
                   "nothing of " + licence + " is staged for " + tenant + "; see: licaudit order show " + tenant};
  if (licence.empty() && cart.lines.empty()) return page_of(all, *slot, cart);
  if (licence.empty()) cart.lines.clear();
  return keep(all, *slot, std::move(cart));
}

result<confirmed_order> office::confirm(const std::string& tenant, std::int64_t version, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  const auto cart = all.carts.of(tenant, caller);
  if (cart.lines.empty() && cart.version == version)
    return failure{errc::refused,
                   "nothing is staged for " + tenant + "; stage it with: licaudit order add " + tenant + " LICENCE N"};
  const bool moved = has_moved(all, *slot, cart);
  if (moved || cart.version != version) {
    const auto now = moved ? keep(all, *slot, cart) : page_of(all, *slot, cart);
    if (!now) return now.error();
    return failure{errc::conflict,
                   "the cart or what it rests on (quantities, pools or rules) has changed since version " +
                       std::to_string(version) + "; nothing was ordered: look at version " +
                       std::to_string(now->version) + " with: licaudit order show " + tenant};
  }
  const auto page = page_of(all, *slot, cart);
  if (std::any_of(page.lines.begin(), page.lines.end(), is_blocked)) return confirmed_order{page, std::nullopt};
  const auto made = put_through(all, *slot, cart, page);
  if (!made) return made.error();
  return confirmed_order{page, *made};
}

}  // namespace licaudit::audit
