#include "daemon/api/history_page.hpp"

#include "daemon/api/json_text.hpp"
#include "daemon/api/tally_json.hpp"

#include <boost/json/serialize.hpp>
#include <set>

namespace licaudit::api {
namespace {

/// A parent that hands out places for tenants has acquired places and no units. How many were free then the ledger
/// does not keep.
bool has_places(const tenant_tally& of, const std::string& licence_id, const factors::rules* rules) {
  const licence* rule = rules != nullptr ? rules->set().find(licence_id) : nullptr;
  return of.aggregated && rule != nullptr && rule->terms.pool == pool_kind::tenants;
}

void add_licence(json_text& out, const licence_tally& tally, const history_bucket* bucket, bool of_places) {
  begin_licence(out, tally, of_places ? std::nullopt : tally.available());
  out.key("factors").begin_array();
  for (const factor_tally& one : tally.factors) {
    begin_factor(out, one);
    out.end_object();
  }
  out.end_array();
  if (bucket != nullptr) {
    const peak& highest = bucket->peaks.at(tally.licence);
    out.key("peak").begin_object().member("licensed", highest.licensed).member("at", highest.at).end_object();
  }
  out.end_object();
}

void add_entry(json_text& out, const ledger::history_entry& one, const history_bucket* bucket,
               const factors::rules* rules) {
  json::object cause = to_json(one.cause);
  cause["text"] = audit::describe(one.cause, &one.moved);
  out.begin_object();
  if (bucket != nullptr) out.member("bucket", bucket->date);
  out.member("sequence", one.sequence).member("at", one.at).member("state", to_text(one.tally.state()));
  out.key("cause").raw(json::serialize(cause)).key("licences").begin_array();
  for (const licence_tally& tally : one.tally.licences)
    add_licence(out, tally, bucket, has_places(one.tally, tally.licence, rules));
  out.end_array().end_object();
}

/// Which factors of which licences the answer speaks of.
std::map<std::string, std::set<std::string>> mentioned(const history_answer& all) {
  std::map<std::string, std::set<std::string>> names;
  const auto note = [&names](const tenant_tally& tally) {
    for (const licence_tally& licence : tally.licences) {
      auto& factors = names[licence.licence];
      for (const factor_tally& one : licence.factors) factors.insert(one.factor);
    }
  };
  if (all.before) note(all.before->tally);
  for (const auto& one : all.entries) note(one.tally);
  for (const auto& one : all.buckets) note(one.last.tally);
  return names;
}

void add_titles(json_text& out, const history_answer& all, const factors::rules* titles) {
  out.key("titles").begin_object();
  for (const auto& named : mentioned(all)) {
    const licence* rule = titles != nullptr ? titles->set().find(named.first) : nullptr;
    out.key(named.first).begin_object().member("title", rule != nullptr ? rule->title : named.first);
    out.key("factors").begin_object();
    for (const std::string& id : named.second) {
      const factor* of = titles != nullptr ? titles->set().find(named.first, id) : nullptr;
      out.member(id, of != nullptr ? of->title : id);
    }
    out.end_object().end_object();
  }
  out.end_object();
}

}  // namespace

std::string history_page(const history_answer& all, const factors::rules* titles) {
  json_text out;
  out.begin_object().member("tenant", all.tenant).member("since", all.range.since).member("until", all.range.until);
  out.member("by", all.by).member("time_zone", all.zone.name());
  add_titles(out, all, titles);
  out.key("before");
  if (all.before) {
    add_entry(out, *all.before, nullptr, titles);
  } else {
    out.add(nullptr);
  }
  out.key("calculations").begin_array();
  for (const ledger::history_entry& one : all.entries) add_entry(out, one, nullptr, titles);
  for (const history_bucket& one : all.buckets) add_entry(out, one.last, &one, titles);
  out.end_array().text_or_null("next", all.next).end_object();
  return out.take();
}

}  // namespace licaudit::api
