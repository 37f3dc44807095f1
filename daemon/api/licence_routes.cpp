#include "daemon/api/history_page.hpp"
#include "daemon/api/kept_pages.hpp"
#include "daemon/api/paging.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/audit/tally_book.hpp"

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

/// Ten years of hourly calculations; a question beyond is refused rather than answered from an ever larger memory.
constexpr std::size_t most_entries = 100'000;

constexpr const char* page_schema = R"({"type":"object","required":["tenant","state","licences"],"properties":{
  "tenant":{"type":"string"},"name":{"type":"string"},"type":{"type":"string"},"service":{"type":["string","null"]},
  "parent":{"type":["string","null"]},"parent_type":{"type":["string","null"]},"time_zone":{"type":"string"},
  "enabled":{"type":"boolean"},"calculated_at":{"type":["string","null"],"format":"date-time"},
  "state":{"enum":["ok","degraded","held","disabled","never"]},"degraded_since":{"type":["string","null"]},
  "reason":{"type":["string","null"]},"monitored":{"type":"integer"},"aggregated":{"type":"boolean"},
  "pending_rules":{"type":"boolean"},"findings":{"type":"array","items":{"type":"object"}},
  "licences":{"type":"array","items":{"type":"object","properties":{"licence":{"type":"string"},
    "title":{"type":"string"},"acquired":{"type":["integer","null"]},"licensed":{"type":"integer"},
    "available":{"type":["integer","null"]},"state":{"type":"string"},
    "limit":{"type":["integer","null"]},"handed_out":{"type":"integer"},
    "successors":{"type":"array","items":{"type":"string"},"description":"it is deprecated: what to order instead"},
    "factors":{"type":"array","items":{"type":"object","properties":{"factor":{"type":"string"},
      "title":{"type":"string"},"priority":{"type":["integer","null"]},"on":{"type":"boolean"},
      "pending":{"type":["boolean","null"]},"calculated":{"type":"integer"},"configured":{"type":["integer","null"]},
      "text":{"type":"string"},"changed":{"type":["string","null"]},"cause":{"type":["string","null"]}}}}}}}}})";
constexpr const char* history_schema = R"({"type":"object","properties":{"tenant":{"type":"string"},
  "since":{"type":"string","format":"date-time"},"until":{"type":"string","format":"date-time"},
  "by":{"enum":["calculation","change","day","month"]},"time_zone":{"type":"string"},"titles":{"type":"object"},
  "before":{"type":["object","null"]},"calculations":{"type":"array","items":{"type":"object"}},
  "next":{"type":["string","null"]}}})";

struct history_question {
  ledger::history_query query{};
  page_request page{};
  std::string by = "change", licence{}, factor{};
  date_range range{};
};

result<history_question> question_of(const call& asked) {
  history_question question;
  const auto page = page_of(asked);
  if (!page) return page.error();
  question.page = *page;
  if (const auto by = asked.query("by")) question.by = std::string(*by);
  for (const char* known : {"calculation", "change", "day", "month"}) {
    if (question.by != known) continue;
    const auto range = asked.range(asked.parameter("t"));
    if (!range) return range.error();
    question.range = *range;
    question.licence = std::string(asked.query("licence").value_or(""));
    question.factor = std::string(asked.query("factor").value_or(""));
    question.query.tenant = asked.parameter("t");
    question.query.since = range->since;
    question.query.until = range->until;
    return question;
  }
  return failure{errc::malformed, "by: expected calculation, change, day or month, found " + question.by};
}

/// All of the range, page by page, so that no read transaction is long.
asio::awaitable<result<ledger::history_page>> read_range(const house& all, ledger::history_query query) {
  ledger::history_page whole;
  query.limit = largest_page;
  for (bool first = true;; first = false) {
    auto page = co_await all.ledger.history(query);
    if (!page) co_return page.error();
    if (first) whole.before = std::move(page->before);
    for (auto& one : page->entries) whole.entries.push_back(std::move(one));
    if (!page->next) co_return whole;
    if (whole.entries.size() > most_entries) {
      co_return failure{errc::refused,
                        "more than 100,000 calculations lie between since and until; ask for a shorter range"};
    }
    query.after = *page->next;
  }
}

/// The changes of the range, and its first calculation in any case.
asio::awaitable<result<ledger::history_page>> read_changes(const house& all, ledger::history_query query) {
  ledger::history_query one = query;
  one.limit = 1;
  auto first = co_await all.ledger.history(one);
  if (!first) co_return first.error();
  query.only_changes = true;
  auto changes = co_await read_range(all, query);
  if (!changes || first->entries.empty()) co_return changes;
  auto& entries = changes->entries;
  if (entries.empty() || entries.front().sequence != first->entries.front().sequence) {
    entries.insert(entries.begin(), std::move(first->entries.front()));
  }
  co_return changes;
}

/// Rows come in the order in which things were first counted; people read them in the order of the rules.
void put_in_order(ledger::history_page& page, const factors::rules* rules) {
  if (rules == nullptr) return;
  if (page.before) audit::put_in_order(page.before->tally, rules->set());
  for (auto& one : page.entries) audit::put_in_order(one.tally, rules->set());
}

void keep_only(ledger::history_page& page, const history_question& question) {
  if (page.before) page.before->tally = only(page.before->tally, question.licence, question.factor);
  for (auto& one : page.entries) one.tally = only(one.tally, question.licence, question.factor);
}

/// Entries after the place of the page, and the place of the next one. `name_of` is what `after` names.
template <class Entry, class NameOf>
void cut_page(std::vector<Entry>& entries, const page_request& page, std::string& next, const NameOf& name_of) {
  if (!page.after.empty()) {
    const auto last =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return name_of(e) == page.after; });
    entries.erase(entries.begin(), last == entries.end() ? last : std::next(last));
  }
  if (entries.size() <= page.limit) return;
  entries.resize(page.limit);
  next = name_of(entries.back());
}

history_answer begin_answer(const call& asked, const history_question& question) {
  history_answer answer;
  answer.tenant = asked.parameter("t");
  answer.by = question.by;
  answer.range = question.range;
  answer.zone = asked.view().zone_of(answer.tenant);
  return answer;
}

std::string sequence_text(const ledger::history_entry& one) {
  return std::to_string(one.sequence);
}

void fill(history_answer& answer, ledger::history_page page, const history_question& question) {
  keep_only(page, question);
  answer.before = page.before;
  if (question.by == "change") {
    answer.entries = changes_of(std::move(page.entries));
    cut_page(answer.entries, question.page, answer.next, sequence_text);
  } else if (question.by == "calculation") {
    answer.entries = std::move(page.entries);
    if (page.next) answer.next = std::to_string(*page.next);
  } else {
    const bucket_size size = question.by == "day" ? bucket_size::day : bucket_size::month;
    answer.buckets = buckets_of(page.before, page.entries, question.range, answer.zone, size);
    cut_page(answer.buckets, question.page, answer.next, [](const history_bucket& one) { return one.date; });
  }
}

/// An empty answer to a misspelt name would read like "nothing happened".
std::optional<failure> check_names(const history_question& question, const history_answer& answer,
                                   const audit::view& seen) {
  if (question.licence.empty() && question.factor.empty()) return std::nullopt;
  const auto speaks = [](const ledger::history_entry& one) { return !one.tally.licences.empty(); };
  if (answer.before && speaks(*answer.before)) return std::nullopt;
  if (std::any_of(answer.entries.begin(), answer.entries.end(), speaks) || !seen.rules) return std::nullopt;
  for (const history_bucket& one : answer.buckets) {
    if (speaks(one.last)) return std::nullopt;
  }
  for (const licence& one : seen.rules->set().licences) {
    if (!question.licence.empty() && one.id != question.licence) continue;
    const auto is_it = [&question](const factor& f) { return f.id == question.factor; };
    if (question.factor.empty() || std::any_of(one.factors.begin(), one.factors.end(), is_it)) return std::nullopt;
  }
  const std::string name = question.licence + (question.factor.empty() ? "" : "/" + question.factor);
  return failure{errc::unknown, "there is no licence or factor " + name + "; see: licaudit rules"};
}

answer_of_handler show_history(const house& all, const call& asked) {
  auto question = question_of(asked);
  if (!question) co_return question.error();
  result<ledger::history_page> page = ledger::history_page();
  if (question->by == "calculation") {
    const auto after = number_after(question->page);
    if (!after) co_return after.error();
    question->query.after = *after;
    question->query.limit = question->page.limit;
    page = co_await all.ledger.history(question->query);
  } else if (question->by == "change") {
    page = co_await read_changes(all, question->query);
  } else {
    page = co_await read_range(all, question->query);
  }
  if (!page) co_return page.error();
  put_in_order(*page, asked.view().rules.get());
  history_answer answer = begin_answer(asked, *question);
  fill(answer, std::move(*page), *question);
  if (auto wrong = check_names(*question, answer, asked.view())) co_return *wrong;
  co_return json_answer(history_page(answer, asked.view().rules.get()));
}

}  // namespace

void add_licence_routes(route_table& routes, const house& all) {
  route page;
  page.path = "/v1/tenants/{t}/licences";
  page.right = access::right::read;
  page.summary = "The licence page: acquired, licensed, available, n1 (n2)";
  page.response_schema = page_schema;
  page.at_once = [kept = std::make_shared<kept_pages>()](const call& asked) -> result<response> {
    const bool names = asked.may(access::right::names, asked.parameter("t"));
    response answer;
    answer.kept = kept->licence_page_of(asked.shared_view(), asked.tenant(), names, asked.now());
    return answer;
  };
  routes.add(std::move(page));

  route history;
  history.path = "/v1/tenants/{t}/history";
  history.right = access::right::read;
  history.looks_back = true;
  history.summary = "Dated tallies";
  history.query = {{"licence", "Only this licence"},
                   {"factor", "Only this factor"},
                   {"since", "As journalctl takes it, or RFC 3339; absent: the first of this month"},
                   {"until", "Not included; a bare date includes that day; absent: now"},
                   {"by", "calculation, change, day or month; absent: change"},
                   limit_parameter,
                   after_parameter};
  history.response_schema = history_schema;
  history.handler = [all](const call& asked) { return show_history(all, asked); };
  routes.add(std::move(history));
}

}  // namespace licaudit::api
