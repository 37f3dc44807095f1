#include "bench/table/fact_file.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace licaudit::bench {

void fact_file::add(std::string_view name, double value, std::string_view unit, std::string_view note) const {
  char number[32];
  std::snprintf(number, sizeof number, "%.9g", value);
  std::string line(name);
  line.append("\t").append(number).append("\t").append(unit).append("\t").append(note);
  append(line);
}

void fact_file::missing(std::string_view name, std::string_view why) const {
  std::string line(name);
  line.append("\t-\t\t").append(why);
  append(line);
}

void fact_file::append(const std::string& line) const {
  std::cout << line << std::endl;
  if (file_.empty()) return;
  std::ofstream out(file_, std::ios::app);
  out << line << '\n';
  if (!out.flush()) throw std::runtime_error(file_.string() + ": cannot be written");
}

}  // namespace licaudit::bench
