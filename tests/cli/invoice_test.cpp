#include "cli/invoice_comparison.hpp"
#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/golden.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>

namespace licaudit::cli {

using testing::AllOf;
using testing::HasSubstr;

namespace {

std::string refusal(const std::string& text) {
  const auto read = read_invoice(text, "i.csv");
  EXPECT_FALSE(read) << text;
  return read ? std::string() : read.error().text;
}

json::object bill(const std::string& tenant, const std::string& parent, const std::string& contract, double ump) {
  json::value quantity = ump;
  if (ump == static_cast<double>(static_cast<std::int64_t>(ump))) quantity = static_cast<std::int64_t>(ump);
  json::object made{{"tenant", tenant}, {"parent", parent}};
  if (!contract.empty()) made["contract_number"] = contract;
  made["charged"] = json::array{json::object{{"licence", "ump"}, {"quantity", quantity}}};
  return made;
}

std::string differences(const json::array& bills, const std::string& invoice) {
  return json::serialize(invoice_differences({{"tenants", bills}}, read_invoice(invoice, "i.csv").value()));
}

class written_file {
 public:
  explicit written_file(const std::string& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "licaudit-invoice-XXXXXX").string();
    ::close(::mkstemp(pattern.data()));
    path = pattern;
    std::ofstream(path) << text;
  }
  ~written_file() { std::filesystem::remove(path); }
  std::string path;
};

}  // namespace

TEST(invoice, is_read_by_the_names_of_its_columns_in_any_order) {
  const auto lines = read_invoice(
      "\xEF\xBB\xBFnote;Quantity;Contract;LICENCE\r\n\"a;b\";10.5;C-1;ump\r\n;;;\r\nx;3;C-2;"
      "voice\r\n",
      "i.csv");
  ASSERT_TRUE(lines) << lines.error().text;
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_EQ(lines->at(0).contract, "C-1");
  EXPECT_EQ(lines->at(0).millionths, 10'500'000);
  EXPECT_EQ(lines->at(1).licence, "voice");
  EXPECT_EQ(lines->at(1).line, 4);
}

TEST(invoice, refuses_signs_of_currency_and_of_thousands_with_line_and_column) {
  for (const char* number : {"$10", "10 EUR", "1'000", "\"1,000\"", "1.000.000", "-3", "+3", "1e3", "", "0x10", ".5",
                             "5.", "1.0000001", "1000000000001", "\u20ac5"})
    EXPECT_THAT(refusal(std::string("contract,licence,quantity\nC-1,ump,4\nC-2,ump,") + number + "\n"),
                AllOf(HasSubstr("i.csv:3: column 3 (quantity): expected digits"), HasSubstr("thousands")))
        << number;
}

TEST(invoice, refuses_what_it_cannot_read) {
  EXPECT_THAT(refusal(""), HasSubstr("i.csv:1: the file is empty"));
  EXPECT_THAT(refusal("contract,quantity\n"), HasSubstr("column licence is missing"));
  EXPECT_THAT(refusal("contract,licence,quantity,contract\n"), HasSubstr("column contract stands there twice"));
  EXPECT_THAT(refusal("contract,licence,quantity\nC-1,ump\n"), HasSubstr("i.csv:2: 2 cells where the header has 3"));
  EXPECT_THAT(refusal("contract,licence,quantity\n\"C-1,ump,3\n"), HasSubstr("quote"));
  EXPECT_THAT(refusal("contract,licence,quantity\n,ump,3\n"), HasSubstr("must not be empty"));
}

TEST(invoice, differs_in_quantities_and_in_what_either_side_does_not_have) {
  const json::array bills{bill("a", "host", "C-1", 10), bill("b", "host", "C-2", 20.5), bill("c", "host", "C-3", 0),
                          bill("d", "host", "", 7)};
  EXPECT_EQ(differences(bills, "contract,licence,quantity\nC-1,ump,4\nC-1,ump,6\nC-2,ump,20.5\n"), "[]");
  EXPECT_EQ(
      differences(bills, "contract,licence,quantity\nC-1,ump,12\nC-9,ump,1\n"),
      R"([{"contract":"C-1","licence":"ump","tenants":["a"],"billed":10,"invoiced":12,"difference":2},)"
      R"({"contract":"C-2","licence":"ump","tenants":["b"],"billed":2.05E1,"invoiced":null,"difference":-2.05E1},)"
      R"({"contract":"C-9","licence":"ump","tenants":[],"billed":null,"invoiced":1,"difference":1}])");
}

TEST(invoice, counts_a_tenant_once_that_stands_under_another_with_a_contract) {
  const json::array bills{bill("north", "host", "C-1", 30), bill("a", "north", "C-1", 10),
                          bill("b", "north", "C-1", 20)};
  EXPECT_EQ(differences(bills, "contract,licence,quantity\nC-1,ump,30\n"), "[]");
  EXPECT_EQ(differences({bill("north", "host", "C-1", 30), bill("a", "north", "", 30)},
                        "contract,licence,quantity\nC-1,ump,30\n"),
            "[]");
}

TEST(invoice, exits_with_0_where_it_agrees_and_with_1_where_it_does_not) {
  const json::object page{
      {"month", "2026-10"}, {"tenants", json::array{bill("a", "host", "C-1", 10)}}, {"next", nullptr}};
  fake_daemon daemon([&page](const std::string&) { return json_answer(json::serialize(page)); });
  const auto run = [&daemon](const std::string& file, std::vector<std::string> options = {}) {
    options.insert(options.end(), {"bill", "--month", "2026-10", "--against", file});
    return run_licaudit(options, {{"LICAUDIT_SOCKET=" + daemon.socket()}});
  };
  const written_file same("contract,licence,quantity\nC-1,ump,10\n"), other("contract,licence,quantity\nC-1,ump,11\n"),
      bad("contract,licence,quantity\nC-1,ump,$11\n");
  EXPECT_EQ(run(same.path).exit, 0);
  EXPECT_THAT(run(same.path).out, HasSubstr("say the same"));
  EXPECT_EQ(run(other.path).exit, 1);
  EXPECT_EQ(run(other.path, {"--csv"}).out,
            "contract,licence,billed,invoiced,difference,tenants\r\nC-1,ump,10,11,1,a\r\n");
  EXPECT_EQ(run(bad.path).exit, 5);
  EXPECT_THAT(run(bad.path).err, HasSubstr(":2: column 3"));
  EXPECT_EQ(run("/no/such/file").exit, 5);
}

}  // namespace licaudit::cli
