// bench_table REACH FACTS: the table of what is to be reached (reach.txt) with what was measured.
#include "bench/table/reach_table.hpp"

#include <exception>
#include <iostream>

int main(int count, char** arguments) {
  using namespace licaudit::bench;
  if (count != 3) {
    std::cerr << "usage: bench_table REACH FACTS\n";
    return 2;
  }
  try {
    const auto counted = print_reach(read_reach(arguments[1]), read_facts(arguments[2]), std::cout);
    std::cout << "\n"
              << counted.met << " met, " << counted.missed << " missed, " << counted.unknown << " not measured\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "bench_table: " << error.what() << '\n';
    return 1;
  }
}
