# What each target does: make help
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := $(VENV)/demo
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 \
	&& $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)

PYTHONS ?= $(shell for p in python3.11 python3.12 python3.13 python3.14; do \
	$$p -c '' 2>/dev/null && echo $$p; done; true)

.PHONY: help demo test lint types docs bounds bench bench-quick build clean
.DEFAULT_GOAL := help

help: ## 列出这些目标
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: export FS_TODAY = 2021-09-30
demo: $(READY) ## 装好程序，看一个示例食安办：总览、一个单位的任务、进度、该催谁
	@rm -rf $(DEMO) && $(BIN)/fs init $(DEMO) --example >/dev/null 2>&1
	@echo "一个示例食安办，数都是编的，看的是 2021 年 9 月 30 日"
	cd $(DEMO) && ../bin/fs -f table
	cd $(DEMO) && ../bin/fs tasks --dept 市市场监督管理局 -f table
	cd $(DEMO) && ../bin/fs progress -f table
	@echo "接着试：cd $(DEMO)，export FS_TODAY=2021-09-30，再用 ../bin/fs due 看该催谁，../bin/fs show 16 看一项任务"

test: $(READY) ## 跑全部测试
	$(BIN)/python -m pytest

lint: $(READY) ## 检查代码风格（ruff）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## 检查类型（mypy --strict）
	$(BIN)/mypy

docs: $(READY) ## 重新生成文档里的命令输出、命令参考、Schema 和图
	$(BIN)/fs schema -o schema/plan.schema.json
	$(BIN)/python -m tests.documents --write

# documents show what the newest releases draw
bounds: $(READY) ## 用各依赖允许的最低和最新版本、这台机器上的每个 Python 各跑一遍测试（慢）
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@for python in $(PYTHONS); do for end in lowest-direct highest; do \
		echo "$$python，$$end" && rm -rf $(VENV)/bounds \
		&& $(BIN)/uv venv --quiet --python $$python $(VENV)/bounds \
		&& $(BIN)/uv pip install --quiet --python $(VENV)/bounds --resolution $$end -e '.[dev]' \
		&& $(VENV)/bounds/bin/python -m pytest -m 'not slow' --ignore tests/test_documents.py \
		|| exit 1; done; done

bench: $(READY) ## 量速度：各种大小的计划和台账、同类工具；结果写进 docs/explanation/performance.md
	$(BIN)/python -m tests.bench --write

bench-quick: $(READY) ## 量速度，只量小的，一分钟以内
	$(BIN)/python -m tests.bench --quick

build: $(READY) ## 打包 wheel 和 sdist 到 dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation

clean: ## 删去 .venv、dist 和各种缓存
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian keeps ensurepip in a package of its own: without it, the system's pip fills the venv.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本"; exit 1; }
	@rm -rf $(VENV)
	@echo "正在准备 $(VENV)（$$($(PYTHON) --version)）……"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; \
	else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check -e '.[dev]'; fi
	@$(BIN)/python -m compileall -q foodsafety_cli
	@touch $(READY)
