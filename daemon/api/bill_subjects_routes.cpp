// Who was counted in a month, from when until when: what a bill rests on, for those who may see people.
#include "daemon/api/bill_question.hpp"
#include "daemon/api/counted_subjects.hpp"
#include "daemon/api/json_text.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/router.hpp"
#include "daemon/api/routes.hpp"

#include <boost/json/serialize.hpp>

#include <map>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using answer_of_handler = asio::awaitable<result<response>>;

constexpr std::size_t entries_at_once = 1000;

constexpr const char* line_schema = R"({"type":"object","required":["kind"],"properties":{
  "kind":{"enum":["progress","subject","end","problem"]},"done":{"type":"integer"},"total":{"type":"integer"},
  "type":{"enum":["user","number","meter"]},"subject":{"type":["string","null"]},"key":{"type":"string"},
  "licence":{"type":"string"},"factor":{"type":"string"},"quantity":{"type":"integer"},
  "from":{"type":"string","format":"date-time"},"until":{"type":"string","format":"date-time"},
  "tenant":{"type":"string"},"month":{"type":"string"},"subjects":{"type":"integer"}}})";

struct month_question {
  std::string tenant, licence, month;
  instant from{}, until{};
  bool names = false;
};

result<month_question> question_of(const house& all, const call& asked) {
  month_question made;
  made.tenant = std::string(asked.query("tenant").value_or(""));
  made.licence = std::string(asked.query("licence").value_or(""));
  if (made.tenant.empty()) return failure{errc::malformed, "tenant: name the one whose subjects are asked for"};
  if (auto seen = require(asked, access::right::subjects, made.tenant); !seen) return seen.error();
  made.names = asked.may(access::right::names, made.tenant);
  const auto bill = bill_question_of(all, asked, made.tenant, asked.parameter("month"));
  if (!bill) return bill.error();
  const auto zone = asked.view().zone_of(made.tenant);
  made.month = licaudit::to_text(bill->month);
  made.from = zone.start_of(bill->month / 1);
  made.until = std::min(asked.now(), zone.start_of((bill->month + std::chrono::months(1)) / 1));
  return made;
}

/// A calculation from which on somebody else may count.
struct turn {
  instant from{};
  std::int64_t sequence = 0;  ///< 0: what is in force as the month begins
};

/// Where the month begins, and where somebody else may count.
asio::awaitable<result<std::vector<turn>>> turns_of(const house& all, month_question asked) {
  std::vector<turn> made;
  ledger::history_query query{asked.tenant, asked.from, asked.until, 0, entries_at_once, false};
  for (bool more = true; more;) {
    const auto page = co_await all.ledger.history(query);
    if (!page) co_return page.error();
    if (page->before && made.empty()) made.push_back({asked.from, 0});
    for (const auto& one : page->entries)
      if (made.empty() || may_change_holders(one)) made.push_back({one.at, one.sequence});
    more = page->next.has_value();
    query.after = page->next.value_or(0);
  }
  co_return made;
}

std::string progress_line(std::size_t done, std::size_t total) {
  json_text out;
  out.begin_object().member("kind", "progress").member("done", done).member("total", total).end_object();
  return out.take();
}

std::string subject_line(const counted_time& one, bool names) {
  json_text out;
  out.begin_object().member("kind", "subject").member("type", licaudit::to_text(one.kind));
  out.text_or_null("subject", names ? one.id : std::string()).member("key", one.key).member("licence", one.licence);
  out.member("factor", one.factor).member("quantity", one.quantity).member("from", one.from);
  out.member("until", one.until).end_object();
  return out.take();
}

std::string end_line(const month_question& asked, std::size_t subjects) {
  json_text out;
  out.begin_object().member("kind", "end").member("tenant", asked.tenant).member("month", asked.month);
  out.member("from", asked.from).member("until", asked.until).member("subjects", subjects).end_object();
  return out.take();
}

std::string problem_line(const failure& error) {
  auto members = problem_members(status_of(error.code), error.detail);
  members["kind"] = "problem";
  return json::serialize(members);
}

/// Walks a month: the inventory as it begins, then what changes with each turn. Every turn is a question of its own, so
/// that others are answered in between.
class month_walk {
 public:
  month_walk(house all, month_question asked, std::vector<turn> turns)
      : all_(std::move(all)), asked_(std::move(asked)), turns_(std::move(turns)), counted_(asked_.licence) {}

  asio::awaitable<void> write(line_writer& out) {
    for (std::size_t i = 0; i < turns_.size(); ++i) {
      const auto taken = co_await take(i);
      auto line = taken ? progress_line(i + 1, turns_.size()) : problem_line(taken.error());
      const bool open = co_await out.write(std::move(line));
      if (!open || !taken) co_return;
    }
    const auto found = counted_.finish(asked_.until);
    for (const auto& one : found) {
      auto line = subject_line(one, asked_.names);
      const bool open = co_await out.write(std::move(line));
      if (!open) co_return;
    }
    auto last = end_line(asked_, found.size());
    co_await out.write(std::move(last));
  }

 private:
  struct nothing {};

  asio::awaitable<result<nothing>> take(std::size_t turn_number) {
    if (turn_number == 0) co_return co_await begin();
    co_return co_await step(turns_[turn_number]);
  }

  asio::awaitable<result<nothing>> begin() {
    auto first = co_await all_.ledger.inventory_at(asked_.tenant, turns_.front().from);
    if (!first) co_return first.error();
    counted_.take(*first, turns_.front().from);
    before_ = std::move(first->tenant);
    auto changes = co_await all_.ledger.subject_changes(asked_.tenant, before_.sequence, turns_.back().sequence);
    if (!changes) co_return changes.error();
    changes_ = std::move(*changes);
    co_return nothing();
  }

  asio::awaitable<result<nothing>> step(turn to) {
    std::vector<subject_name> left;
    auto there = changed_until(to.sequence, left);
    auto now = co_await all_.ledger.inventory_after(before_, to.from, std::move(there));
    if (!now) co_return now.error();
    if (now->is_whole)
      counted_.take(now->now, to.from);
    else
      counted_.take_changes(now->now, left, to.from);
    before_ = std::move(now->now.tenant);
    co_return nothing();
  }

  /// The last that became of each since the turn before; `left`: of those that are no longer there.
  std::vector<ledger::dated_subject> changed_until(std::int64_t sequence, std::vector<subject_name>& left) {
    std::map<subject_name, ledger::subject_change*> last;
    for (; next_ < changes_.size() && changes_[next_].sequence <= sequence; ++next_)
      last[changes_[next_].subject.value.name] = &changes_[next_];
    std::vector<ledger::dated_subject> there;
    for (auto& [name, one] : last) {
      if (one->left)
        left.push_back(name);
      else
        there.push_back(std::move(one->subject));
    }
    return there;
  }

  house all_;
  month_question asked_;
  std::vector<turn> turns_;
  counted_subjects counted_;
  ledger::dated_tenant before_;  ///< at the last turn
  std::vector<ledger::subject_change> changes_;
  std::size_t next_ = 0;  ///< of them
};

asio::awaitable<void> write_subjects(house all, month_question asked, std::vector<turn> turns, line_writer& out) {
  month_walk walk(std::move(all), std::move(asked), std::move(turns));
  co_await walk.write(out);
}

answer_of_handler list_counted(const house& all, const call& asked) {
  auto question = question_of(all, asked);
  if (!question) co_return question.error();
  auto when = co_await turns_of(all, *question);
  if (!when) co_return when.error();
  if (!when->empty()) {
    // What retention has taken is said with a status, before anything is sent.
    const auto first = co_await all.ledger.inventory_at(question->tenant, when->front().from);
    if (!first) co_return first.error();
  }
  response answer;
  answer.lines = [all, asking = std::move(*question), times = std::move(*when)](line_writer& out) {
    return write_subjects(all, asking, times, out);
  };
  co_return answer;
}

}  // namespace

void add_bill_subjects_routes(route_table& routes, const house& all) {
  route one;
  one.path = "/v1/bills/{month}/subjects";
  one.right = access::right::subjects;
  one.summary =
      "Who was counted in a month, by which factor, from when until when; answers line by line, the last one is `end`";
  one.query = {{"tenant", "Whose own subjects"}, {"licence", "Only what counts for this licence"}};
  one.response_schema = line_schema;
  one.content_type = "application/x-ndjson";
  one.handler = [all](const call& asked) { return list_counted(all, asked); };
  routes.add(std::move(one));
}

}  // namespace licaudit::api
