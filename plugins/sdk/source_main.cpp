#include "plugins/sdk/source_main.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>

#include <unistd.h>

namespace licaudit::sdk {

namespace {

enum exit_status { done = 0, failed = 1, wrong_request = 2 };

int complain(const source_description& what, std::string_view text, exit_status status) {
  std::cerr << what.name << ": " << text << '\n';
  return status;
}

void print_usage(const source_description& what, std::ostream& out) {
  out << what.name << ": a source of licaudit. " << what.purpose
      << "\n\nIt reads one JSON document on standard input and prints records, one a line:\n"
         "  {\"protocol\":1,\"source\":\"NAME\",\"cursor\":null,\"config\":{...}}\n\nconfig:\n"
      << what.config;
}

int run(const source_description& what, const source_function& open) {
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const auto request = parse_source_request(text);
  if (!request) return complain(what, request.error().detail, wrong_request);
  const auto job = open(*request);
  if (!job) return complain(what, job.error().detail, wrong_request);
  record_writer out(stdout);
  if (auto ran = (*job)(out); !ran) return complain(what, ran.error().detail, failed);
  out.flush();
  return done;
}

}  // namespace

int source_main(int argc, char** argv, const source_description& what, const source_function& open) {
  if (argc == 2 && std::string_view(argv[1]) == "--help") {
    print_usage(what, std::cout);
    return done;
  }
  if (argc > 1)
    return complain(what, "takes no arguments but --help; the request comes on standard input", wrong_request);
  if (isatty(STDIN_FILENO) == 1) {
    print_usage(what, std::cerr);
    return wrong_request;
  }
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes is seen by the write that fails
  try {
    return run(what, open);
  } catch (const reader_gone&) {
    return done;
  } catch (const std::exception& error) {
    return complain(what, error.what(), failed);
  }
}

void warn(std::string_view source, std::string_view text) {
  std::cerr << source << ": warning: " << text << '\n';
}

}  // namespace licaudit::sdk
