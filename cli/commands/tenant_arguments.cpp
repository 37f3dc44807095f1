#include "cli/commands/tenant_arguments.hpp"

#include "cli/commands/command.hpp"
#include "model/tenant_attributes.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::cli::commands {

namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  // `010` and `+44207` are texts: a telephone number must not become another one.
  const bool same = read.ec == std::errc() && read.ptr == end && std::to_string(number) == text;
  return same ? std::optional(number) : std::nullopt;
}

/// `name=value` lists as one object; whole numbers become numbers where the API takes both.
outcome<json::object> read_object(const std::vector<std::string>& given, std::string_view what, bool numbers) {
  json::object object;
  for (const auto& text : given) {
    const auto one = parse_assignment(text, what);
    if (!one) return one.error();
    const auto number = numbers ? whole_number(one->value) : std::nullopt;
    object[one->name] = number ? json::value(*number) : json::value(one->value);
  }
  return object;
}

outcome<json::object> read_acquired(const std::vector<std::string>& given) {
  json::object acquired;
  for (const auto& text : given) {
    const auto one = parse_assignment(text, "LICENCE=N");
    if (!one) return one.error();
    const auto number = whole_number(one->value);
    if (!number || *number < 0)
      return complaint{exit_status::usage, "--acquired " + text + ": not a whole number of licences"};
    acquired[one->name] = *number;
  }
  return acquired;
}

outcome<json::array> read_sites(const std::vector<std::string>& given) {
  json::array sites;
  for (const auto& text : given) {
    const auto one = parse_assignment(text, "NAME=PSTN_GATEWAY");
    if (!one) return one.error();
    sites.push_back(json::object{{"name", one->name}, {"pstn_gateway", one->value}});
  }
  return sites;
}

void put_text(json::object& into, std::string_view key, const std::string& text) {
  if (!text.empty()) into[key] = text;
}

/// In a patch nothing behind the `=` takes the member away, which null says there.
void clear_empty(json::object& members) {
  for (auto& member : members)
    if (const auto* text = member.value().if_string(); text != nullptr && text->empty()) member.value() = nullptr;
}

/// What record and patch have in common.
std::optional<complaint> put_changeable(json::object& into, const tenant_arguments& given, bool clears) {
  put_text(into, "name", given.name);
  put_text(into, "parent", given.parent);
  auto settings = read_object(given.settings, "SETTING=VALUE", true);
  if (!settings) return settings.error();
  auto attributes = read_object(given.attributes, "ATTRIBUTE=VALUE", false);
  if (!attributes) return attributes.error();
  for (const auto& [name, value] : given.known_attributes) (*attributes)[name] = value;
  if (clears) {
    clear_empty(settings.value());
    clear_empty(attributes.value());
  }
  if (!settings->empty()) into["settings"] = std::move(*settings);
  if (!attributes->empty()) into["attributes"] = std::move(*attributes);
  return std::nullopt;
}

}  // namespace

void add_changeable_options(CLI::App* command, tenant_arguments& given) {
  command->add_option("--name", given.name, "What people call it")->type_name("TEXT");
  command->add_option("--parent", given.parent, "The tenant above it")->type_name("TENANT");
  command->add_option("--setting", given.settings, "SETTING=VALUE, again for each")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  command
      ->add_option("--attribute", given.attributes, "ATTRIBUTE=VALUE, again for each; nothing behind the = clears it")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  for (const auto& one : known_attributes()) {
    std::string option = "--" + std::string(one.name);
    std::replace(option.begin(), option.end(), '_', '-');
    const auto keep = [&given, name = std::string(one.name)](const std::string& value) {
      given.known_attributes[name] = value;
    };
    command->add_option_function<std::string>(option, keep, std::string(one.description))->type_name("TEXT");
  }
}

void add_record_options(CLI::App* command, tenant_arguments& given) {
  add_changeable_options(command, given);
  command->add_option("--type", given.type, "provider, reseller, partner or customer; absent: customer")
      ->type_name("TYPE");
  command->add_option("--service", given.service, "Its service, such as direct-routing-pro")->type_name("SERVICE");
  command->add_option("--time-zone", given.time_zone, "IANA, such as Europe/London; absent: the parent's")
      ->type_name("ZONE");
  command->add_option("--ms-tenant-id", given.ms_tenant_id, "Its id at Microsoft")->type_name("ID");
  command->add_option("--customer-guid", given.customer_guid, "Its id in UMP")->type_name("GUID");
  command->add_option("--monitored", given.monitored, "Its monitored users, where not all users are")->type_name("N");
  command->add_option("--site", given.sites, "NAME=PSTN_GATEWAY, again for each")
      ->allow_extra_args(false)
      ->type_name("NAME=GATEWAY");
  command->add_option("--acquired", given.acquired, "LICENCE=N, again for each")
      ->allow_extra_args(false)
      ->type_name("LICENCE=N");
}

outcome<json::object> tenant_record_of(const tenant_arguments& given) {
  json::object record{{"id", given.id}};
  if (auto wrong = put_changeable(record, given, false)) return *wrong;
  put_text(record, "type", given.type);
  put_text(record, "service", given.service);
  put_text(record, "time_zone", given.time_zone);
  put_text(record, "ms_tenant_id", given.ms_tenant_id);
  put_text(record, "customer_guid", given.customer_guid);
  if (given.monitored) record["monitored"] = *given.monitored;
  auto sites = read_sites(given.sites);
  if (!sites) return sites.error();
  if (!sites->empty()) record["sites"] = std::move(*sites);
  auto acquired = read_acquired(given.acquired);
  if (!acquired) return acquired.error();
  if (!acquired->empty()) record["acquired"] = std::move(*acquired);
  return record;
}

outcome<json::object> tenant_patch_of(const tenant_arguments& given) {
  json::object body;
  if (auto wrong = put_changeable(body, given, true)) return *wrong;
  if (body.empty()) {
    return complaint{exit_status::usage,
                     "tenant set needs something to change: --name, --parent, --setting, --attribute, --country ..."};
  }
  return body;
}

}  // namespace licaudit::cli::commands
