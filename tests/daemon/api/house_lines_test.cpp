#include "daemon/api/office_line.hpp"
#include "daemon/api/reader_line.hpp"
#include "daemon/ledger/ledger.hpp"
#include "running_server.hpp"
#include "sample_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>

#include <stdexcept>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// The real audit room and ledger on threads of their own, asked from a loop as the daemon does.
class house_lines_test : public testing::Test {
 protected:
  house_lines_test() {
    audit::policy how;
    how.rules = sample_rules();
    how.compile = [](const factor_set&) { return result<std::shared_ptr<const factors::rules>>(sample_rules()); };
    book_ = ledger::ledger::open(folder_ / "state").value();
    office_ = audit::office::open(*book_, how, [this] { return clock_ += std::chrono::seconds(1); }).value();
    reader_ = ledger::reader::open(book_->file()).value();
    audit_ = std::make_unique<office_line>(*office_, worker_.get_executor());
    ledger_ = std::make_unique<reader_line>(
        *reader_, reading_.get_executor(),
        [](const ledger::dated_tenant&, const std::vector<ledger::dated_subject>& subjects) {
          holding_list all;
          for (std::size_t i = 0; i < subjects.size(); ++i)
            all.holdings.push_back({i, "ump", "direct-routing", {}, {}});
          return result<holding_list>(std::move(all));
        });
  }
  ~house_lines_test() override {
    worker_.join();
    reading_.join();
  }

  /// A result whose failure the test wants to read.
  template <class T>
  T value_of(result<T> made) {
    if (!made) throw std::runtime_error(made.error().detail);
    return std::move(*made);
  }

  audit::done create(const char* record) {
    return value_of(wait_result(audit_->create_tenant(parse_json(record).value(), "north")));
  }

  template <class T>
  result<T> wait_result(asio::awaitable<result<T>> what) {
    std::optional<result<T>> value;
    std::exception_ptr failed;
    auto task = [&value, &what]() -> asio::awaitable<void> { value.emplace(co_await std::move(what)); };
    auto done = [&failed](const std::exception_ptr& error) { failed = error; };
    asio::co_spawn(loop_, task(), std::move(done));
    loop_.restart();
    loop_.run_for(std::chrono::seconds(10));
    if (failed) std::rethrow_exception(failed);
    if (!value) throw std::runtime_error("no answer within ten seconds");
    return std::move(*value);
  }

  subject user(const char* id) {
    subject made;
    made.name = {"contoso", subject_kind::user, id};
    made.fields["pstn_gateway"] = {"sb1"};
    return made;
  }

  void populate() {
    create(R"({"id":"host","name":"Host","type":"provider"})");
    create(R"({"id":"contoso","name":"Contoso","parent":"host","type":"customer","service":"direct-routing-pro"})");
    value_of(wait_result(audit_->put_subject(user("ann"), "north")));
    value_of(wait_result(audit_->put_subject(user("bob"), "north")));
  }

  private_folder folder_;
  instant clock_ = sample_now;
  asio::io_context loop_{1};
  std::unique_ptr<ledger::ledger> book_;
  std::unique_ptr<audit::office> office_;
  std::unique_ptr<ledger::reader> reader_;
  std::unique_ptr<office_line> audit_;
  std::unique_ptr<reader_line> ledger_;
  asio::thread_pool worker_{1};
  asio::thread_pool reading_{1};
};

TEST_F(house_lines_test, shows_what_a_command_did_in_the_next_view) {
  populate();
  const auto seen = audit_->view();
  EXPECT_EQ(seen->root, "host");
  ASSERT_NE(seen->find("contoso"), nullptr);
  EXPECT_EQ(seen->find("contoso")->users, 2);
  EXPECT_EQ(seen->find("contoso")->tally->licences.at(0).licensed, 2);
}

TEST_F(house_lines_test, carries_failures_and_values_back_to_the_loop) {
  populate();
  EXPECT_EQ(wait_result(audit_->set_switch("contoso", "ump", "direct-routing", false, "north")).error().code,
            errc::refused);
  EXPECT_EQ(wait_result(audit_->set_switch("nosuch", "ump", "lifecycle-management", false, "north")).error().code,
            errc::unknown);
  EXPECT_EQ(wait_result(audit_->request_of_plan("nosuch")).error().code, errc::unknown);
  EXPECT_EQ(wait_result(audit_->accept("teams", 0, {}, "north")).error().code, errc::conflict);
  EXPECT_GT(
      value_of(wait_result(audit_->set_switch("contoso", "ump", "lifecycle-management", false, "north"))).operation, 0);
}

TEST_F(house_lines_test, plans_and_applies) {
  populate();
  value_of(wait_result(audit_->set_switch("contoso", "ump", "lifecycle-management", false, "north")));
  audit::apply_request request;
  request.tenants.emplace_back("contoso");
  const auto plan = value_of(wait_result(audit_->dry_run(request)));
  ASSERT_THAT(plan.switches, SizeIs(1));
  EXPECT_EQ(value_of(wait_result(audit_->request_of_plan(plan.id))).tenants, request.tenants);
  const auto done = value_of(wait_result(audit_->apply_plan(plan.id, "north")));
  EXPECT_TRUE(done.outcome.calculation.has_value());
  const auto again = wait_result(audit_->apply_plan(plan.id, "north"));
  EXPECT_TRUE(again.has_error());
  EXPECT_GT(value_of(wait_result(audit_->apply(request, "north"))).outcome.operation, done.outcome.operation);
}

TEST_F(house_lines_test, calculates_records_and_recounts) {
  populate();
  calculation_cause why;
  why.kind = "schedule";
  EXPECT_GT(value_of(wait_result(audit_->calculate(why))).sequence, 0);
  operation what;
  what.type = "verify";
  what.caller = "north";
  EXPECT_GT(value_of(wait_result(audit_->record(what))).operation, 0);
  EXPECT_THAT(value_of(wait_result(audit_->recount())), IsEmpty());
}

TEST_F(house_lines_test, changes_and_removes) {
  populate();
  json::object patch;
  patch["name"] = "Contoso Ltd";
  value_of(wait_result(audit_->change_tenant("contoso", patch, "north")));
  EXPECT_EQ(audit_->view()->find("contoso")->record->name, "Contoso Ltd");
  value_of(wait_result(audit_->remove_subject({"contoso", subject_kind::user, "bob"}, "north")));
  EXPECT_EQ(audit_->view()->find("contoso")->tally->licences.at(0).licensed, 1);
  value_of(wait_result(audit_->remove_tenant("contoso", "north")));
  EXPECT_EQ(audit_->view()->find("contoso"), nullptr);
}

TEST_F(house_lines_test, reads_what_was_written) {
  populate();
  ledger::history_query query;
  query.tenant = "contoso";
  query.since = sample_now;
  query.until = sample_now + std::chrono::hours(1);
  const auto history = value_of(wait_result(ledger_->history(query)));
  ASSERT_FALSE(history.entries.empty());
  EXPECT_EQ(history.entries.back().tally.licences.at(0).licensed, 2);

  const auto then = value_of(wait_result(ledger_->inventory_at("contoso", query.until)));
  ASSERT_THAT(then.subjects, SizeIs(2));
  EXPECT_EQ(then.subjects[0].value.name.id, "ann");
  EXPECT_THAT(then.holdings, SizeIs(2));
  EXPECT_EQ(wait_result(ledger_->inventory_at("nosuch", query.until)).error().code, errc::unknown);

  ledger::operation_query operations;
  operations.since = query.since;
  operations.until = query.until;
  std::vector<std::string> types;
  for (const auto& one : value_of(wait_result(ledger_->operations(operations)))) types.push_back(one.type);
  EXPECT_THAT(types, testing::IsSupersetOf({"tenant", "tenant", "subject", "subject"}));
  EXPECT_THAT(value_of(wait_result(ledger_->runs("teams", 0, 10))), IsEmpty());
  EXPECT_EQ(value_of(wait_result(ledger_->rules_at(query.until))).name, sample_rules()->revision().name);
  EXPECT_THAT(value_of(wait_result(ledger_->verify(true))).problems, IsEmpty());
}

TEST_F(house_lines_test, brings_exceptions_of_the_other_thread_to_the_loop) {
  reader_line broken(
      *reader_, reading_.get_executor(),
      [](const ledger::dated_tenant&, const std::vector<ledger::dated_subject>&) -> result<holding_list> {
        throw std::runtime_error("broken shelf");
      });
  populate();
  EXPECT_THROW(static_cast<void>(wait_result(broken.inventory_at("contoso", sample_now + std::chrono::hours(1)))),
               std::runtime_error);
}

}  // namespace
}  // namespace licaudit::api
