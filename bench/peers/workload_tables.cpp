// workload_tables [--quick | --tiny | --users N] FOLDER: the workload as tables for other tools, and what they should
// count.
//
//   records.tsv  tenant, kind (u or n), id, upn, display_name, line_uri, pstn_gateway and a second one,
//   voice_routing_policy,
//                dial_plan, group and a second one, tag; an absent text is empty
//   sites.tsv    tenant, the names of its at most five sites in small letters, their gateways; `!` where there is none
//   counts.tsv   tenant, n1 and n2 of each of the twelve factors in the order of the set, as the plain loop counts them
#include "bench/options.hpp"
#include "bench/plain_loop.hpp"
#include "bench/workload_rules.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace licaudit::bench {
namespace {

constexpr std::size_t most_sites = 5;

void finish(std::ofstream& out, const std::filesystem::path& file) {
  if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be written");
}

void write_records(const std::filesystem::path& file, const workload& all) {
  std::ofstream out(file);
  for (const auto& one : all.records()) {
    const bool user = one.kind == subject_kind::user;
    out << all.tenants()[one.tenant].id << '\t' << (user ? 'u' : 'n') << '\t' << one.id << '\t'
        << (user ? one.id : std::string_view());
    for (std::size_t i = 0; i < field_names.size(); ++i) {
      const auto which = static_cast<field>(i);
      out << '\t' << one.fields[i].text;
      if (which == field::pstn_gateway || which == field::group) out << '\t' << one.fields[i].other;
    }
    out << '\n';
  }
  finish(out, file);
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

void write_sites(const std::filesystem::path& file, const workload& all) {
  std::ofstream out(file);
  for (const auto& one : all.tenants()) {
    out << one.id;
    const auto column = [&](std::size_t site, const char* text) {
      out << '\t' << (site < one.sites.size() ? lowered(std::string(one.sites[site].text(text))) : "!");
    };
    for (std::size_t i = 0; i < most_sites; ++i) column(i, "name");
    for (std::size_t i = 0; i < most_sites; ++i) column(i, "pstn_gateway");
    out << '\n';
  }
  finish(out, file);
}

void write_counts(const std::filesystem::path& file, const workload& all) {
  const auto counts = plain_loop(all, workload_rules()).run(all.records(), {});
  const auto factors = counts.size() / all.tenants().size();
  std::ofstream out(file);
  for (std::size_t tenant = 0; tenant < all.tenants().size(); ++tenant) {
    out << all.tenants()[tenant].id;
    for (std::size_t i = 0; i < factors; ++i) {
      const auto& one = counts[tenant * factors + i];
      out << '\t' << one.n1 << '\t' << one.n2;
    }
    out << '\n';
  }
  finish(out, file);
}

}  // namespace
}  // namespace licaudit::bench

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  try {
    const auto options = read_options(count, arguments, {});
    if (!options || options->others.size() != 1) {
      std::cerr << "usage: workload_tables [--quick | --tiny | --users N] FOLDER\n";
      return 2;
    }
    const std::filesystem::path folder = options->others.front();
    std::filesystem::create_directories(folder);
    const workload all(options->size);
    write_records(folder / "records.tsv", all);
    write_sites(folder / "sites.tsv", all);
    write_counts(folder / "counts.tsv", all);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "workload_tables: " << error.what() << '\n';
    return 1;
  }
}
