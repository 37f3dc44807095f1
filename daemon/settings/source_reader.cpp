#include "daemon/settings/source_reader.hpp"

#include "daemon/settings/config_resolver.hpp"
#include "daemon/settings/duration.hpp"
#include "daemon/settings/regex_check.hpp"

#include <unistd.h>

namespace licaudit::settings {

namespace {

constexpr std::chrono::seconds default_timeout = std::chrono::minutes(5);
constexpr const char* a_duration = "a duration such as 90s, 15m, 1h or 1d";

/// Sources that are part of the daemon.
bool is_built_in(std::string_view name) {
  return name == "tenants" || name == "local";
}

void read_tenant(const yaml_value& value, source_settings& source) {
  if (value.kind() == yaml_kind::text) {
    source.tenant = value.name().value_or("");
    return;
  }
  if (value.kind() != yaml_kind::map) {
    value.refuse("the id of a tenant, or a map with field and regex");
    return;
  }
  yaml_map in(value);
  tenant_by_field by;
  if (const auto field = in.require("field", "the field whose text names the tenant")) {
    by.field = field->text().value_or("");
  }
  if (const auto regex = in.require("regex", "whose group 1 is the tenant")) {
    by.regex = regex->text().value_or("");
    if (const auto wrong = regex_problem(by.regex)) {
      regex->refuse("a regex", "'" + by.regex + "': " + *wrong);
    } else if (regex->kind() == yaml_kind::text && !has_group(by.regex)) {
      regex->refuse("a regex whose group 1 is the tenant", "'" + by.regex + "' without a group");
    }
  }
  in.finish();
  source.by_field = std::move(by);
}

void read_for_each(const yaml_value& value, source_settings& source) {
  yaml_map in(value);
  if (const auto service = in.require("service", "the service whose tenants get an instance each")) {
    source.for_each_service = service->name();
  }
  in.finish();
}

/// Placeholders anywhere in the config, which only an instance per tenant can fill.
void check_placeholders(const yaml_value& value, bool for_each) {
  if (value.kind() == yaml_kind::text) {
    const auto any = has_placeholders(value.node().text);
    if (!any) {
      value.refuse(any.error().detail);
    } else if (*any && !for_each) {
      value.refuse("no ${tenant.FIELD} in a source without for_each");
    }
  }
  for (std::size_t i = 0; i < value.node().items.size(); ++i) check_placeholders(value.item(i), for_each);
  for (const auto& entry : value.node().entries) check_placeholders(value.member(entry), for_each);
}

}  // namespace

void source_reader::read(const yaml_value& value) {
  for (const auto& item : value.items_or_self()) read_entry(item);
}

void source_reader::read_file(const yaml_value& document) {
  const bool is_map = document.kind() == yaml_kind::map && document.node().entries.size() == 1;
  if (is_map && document.node().entries.front().key == "sources")
    read(document.member(document.node().entries.front()));
  else
    read(document);
}

void source_reader::take_name(const yaml_value& value, source_settings& source) {
  const auto name = value.name();
  if (!name) return;
  source.name = *name;
  if (is_built_in(*name)) {
    value.refuse("a name other than tenants and local, which are built in");
    return;
  }
  const std::string place = value.file().string() + ":" + std::to_string(value.node().at.line);
  const auto [first, is_new] = places_.emplace(*name, place);
  if (!is_new) value.refuse("a name that no other source has", "'" + *name + "', which " + first->second + " has");
}

void source_reader::read_plugin(yaml_map& in, source_settings& source) const {
  const auto value = in.require("plugin", "the name of a source plugin");
  if (!value) return;
  const auto name = value->name();
  if (!name) return;
  source.plugin = *name;
  // `.` and `..`, which are names too, are no regular files.
  const std::filesystem::path program = plugins_ / "sources" / *name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(program, error)) {
    value->refuse("the name of a program in " + program.parent_path().string());
  } else if (access(program.c_str(), X_OK) != 0) {
    value->refuse("a program that may be executed", program.string() + " without that right");
  }
}

void source_reader::read_entry(const yaml_value& item) {
  source_settings source;
  source.every = every_;
  source.timeout = default_timeout;
  source.directory = item.file().parent_path();
  yaml_map in(item);
  if (const auto name = in.require("name", "by which the source is known")) take_name(*name, source);
  read_plugin(in, source);
  const auto of_tenant = in.find("tenant");
  const auto for_each = in.find("for_each");
  if (of_tenant) read_tenant(*of_tenant, source);
  if (for_each) read_for_each(*for_each, source);
  if (of_tenant && for_each) for_each->refuse("either tenant or for_each", "both");
  if (const auto every = in.find("every")) {
    source.every = every->parsed(parse_duration, a_duration).value_or(every_);
  }
  if (const auto timeout = in.find("timeout")) {
    source.timeout = timeout->parsed(parse_duration, a_duration).value_or(default_timeout);
  }
  if (const auto config = in.find("config")) {
    if (config->kind() == yaml_kind::map) {
      source.config = to_json(config->node()).as_object();
      check_placeholders(*config, for_each.has_value());
    } else {
      config->refuse("a map");
    }
  }
  in.finish();
  sources_.push_back(std::move(source));
}

}  // namespace licaudit::settings
